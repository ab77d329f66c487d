"""English sentences for error and warning codes: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from studio.cli.reasons import with_reason

ERRORS = {
    "audit.no_pitch": "no pitch was found in the words of {voice}; is it a voice?",
    "audit.not_installed": "an audit needs {part}; run python3 scripts/studio setup audit",
    "audition.bad_candidate": "“{value}” is no voice to compare; write {form}",
    "audition.bad_count": "{count} voices asked for; choose 1 to {most}",
    "audition.no_text": "the text for auditions cannot be read ({file}: {reason}); give --text FILE",
    "audition.nothing_to_say": "the text for the audition says nothing; choose another",
    "audition.scores_busy": "another process is writing to {path}; try again",
    "audition.text_too_long": "the text has {length} characters, at most {most} for an audition; shorten it",
    "booth.closed": "the work was stopped; start it again",
    "documents.binary": "{file} is not text; give a .txt, .md, .docx, .odt, .pdf or .html file",
    "documents.damaged": "{file} is damaged; open it in an office program, save it again, then run again",
    "documents.empty": "{file} holds no text; choose another file",
    "documents.encoding": "the encoding of {file} is not known; save it as UTF-8, then run again",
    "documents.encrypted": "{file} has a password; remove it, save again, then run again",
    "documents.image_only": (
        "{file} is a picture without text; ask for the original (.docx, .odt); "
        "or let scans be read, with doubts: python3 scripts/studio setup ocr"
    ),
    "documents.no_words": "no word was recognised in {file}; scan it again upright at 300 dpi, or ask for the original",
    "documents.not_found": "{file} does not exist; check the name",
    "documents.picture_too_large": (
        "a picture in {file} has {megapixels} million pixels, at most {most}; scan it again at 300 dpi"
    ),
    "documents.too_many_pages": "{file} is a scan of {pages} pages, at most {most} are read; split it",
    "documents.too_large": "{file} is larger than {limit_mib} MiB; split it into several bulletins",
    "documents.unknown_kind": "{file}: files of kind {kind} are not read; use one of: {known}",
    "documents.unreadable": "{file} cannot be read: {reason}; check its permissions",
    "master.level_missed": (
        "{title}: {measured_lufs} LUFS measured, {target_lufs} ± {tolerance_lu} wanted at {profile}; "
        "nothing was delivered; look at this segment's sound"
    ),
    "master.peak_over": (
        "{title}: {measured_dbtp} dBTP measured, at most {allowed_dbtp} allowed at {profile}; nothing was delivered"
    ),
    "serve.port_taken": "port {port} at {host} is taken; end the program that has it, or choose another --port",
    "sound.damaged": "sound file {path} is damaged ({reason}); replace it",
    "sound.encoder_failed": "{path} could not be encoded: {reason}; run studio doctor",
    "sound.many_channels": "{path} has {channels} channels, at most {most} are measured; mix it down",
    "sound.missing": "sound file {path} does not exist; check its name and place",
    "sound.not_audio": "{path} is not sound; choose another file",
    "sound.parts_differ": "{path} differs in kind from the other parts and cannot be joined; run again",
    "sound.unmeasurable": "{seconds} s of sound, too short or too quiet to measure; lengthen it or remove it",
    "sound.unreadable": "sound file {path} cannot be read: {reason}; check its permissions",
    "engine.not_installed": "engine {engine} needs {part}; {remedy}",
    "storage.unreadable": "{path} cannot be read: {reason}; check its permissions and the disk",
    "take.busy": "another run has held the recordings for over a minute ({path}); wait for it or stop it",
    "take.damaged": "the kept recording {path} is damaged and was set aside; run again to speak it anew",
    "take.not_finite": "the recording of “{line}” by {voice} holds invalid samples; choose another voice",
    "take.not_mono": "the recording of “{line}” by {voice} has {channels} channels, one is needed; take another voice",
    "take.over_full_scale": "the recording of “{line}” by {voice} peaks at {peak_dbfs} dBFS; lower the voice's volume",
    "take.silent": "the recording of “{line}” by {voice} is silent; reword it or choose another voice",
    "voice.bad_precision": "precision of {voice} must be one of {known}, not {value}; correct its card",
    "voice.bad_recording": "the recording {path} of {voice} cannot be read ({reason}); give a WAV file of the person",
    "voice.bad_setting": "{setting} of {voice} must be a number from {lowest} to {highest}, not {value}",
    "voice.cannot_say": "{voice} cannot say {characters} in “{line}”; write it out in letters or remove it",
    "voice.clipped": "“{line}” distorts at volume {volume}; lower volume in the voice card",
    "voice.engine_failed": "engine {engine} failed ({call}: {status}); run studio doctor",
    "voice.engine_in_use": "another part of the program holds {engine} ({path}); restart the program",
    "voice.line_timed_out": "“{line}” took too long and was stopped ({exit_code}); shorten it, then run again",
    "voice.line_too_long": "“{line}” has {characters} characters, at most {at_most}; split it into sentences",
    "voice.no_language": (
        "the model of {voice} was not taught the language {language} (it knows: {known}); XTTS as published speaks no "
        "Vietnamese: take a model that was taught it, or correct language in the card"
    ),
    "voice.no_recording": (
        "a cloned voice is made of one recording of the person, and the card of {voice} lists {count}; "
        "add one .wav to its files"
    ),
    "voice.no_gpu": (
        "STUDIO_DEVICE={device}, but no graphics card that {voice} could use is found; "
        "run studio doctor, or set STUDIO_DEVICE=cpu"
    ),
    "voice.nothing_to_say": "“{line}” holds no word to speak; remove it or write words",
    "voice.consent_ended": "the consent for voice {voice} ended on {until}; renew it, or choose another voice",
    "voice.consent_to_come": (
        "the consent for voice {voice} is dated {given}, a day still to come; correct the date in its card, "
        "or choose another voice"
    ),
    "voice.no_consent": (
        "voice {voice} is a person's and its card holds no consent; add [consent] with person, given, purpose"
    ),
    "voice.non_commercial": (
        "the licence of voice {voice} ({licence}) forbids commercial use; choose another, "
        "or set allow_non_commercial = true in STUDIO_HOME/unit.toml if the unit answers for it"
    ),
    "voice.other_accent": (
        "voice {voice} does not speak as Hanoi does ({accent}); choose another, "
        "or set allow_other_accents = true in STUDIO_HOME/unit.toml"
    ),
    "voice.bad_weights": "the weights of {voice} cannot be used ({reason}); pull them again or correct the card",
    "voice.not_pulled": (
        "the weights of {voice} are not here, or not as they were checked ({path}); run studio voices pull {voice}"
    ),
    "voice.unknown_sound": "{voice} has no sound for {sounds} in “{line}”; respell it or choose another voice",
    "voice.out_of_memory": "the graphics card has too little memory for “{line}”; shorten it, or set STUDIO_DEVICE=cpu",
    "voice.path_too_long": "the data path {path} is too long for {engine}; move the program to a shorter folder",
    "voice.recording_silent": "the recording {path} of {voice} is silent; record the person again",
    "voice.recording_too_long": (
        "the recording {path} of {voice} lasts {seconds} s, at most {most_s} s are heard; cut it to clear speech"
    ),
    "voice.recording_too_short": (
        "the recording {path} of {voice} holds {seconds} s of sound, at least {least_s} s are needed; record more"
    ),
    "voice.runaway": "{voice} would take {seconds} s over “{line}”: its weights do not suit; choose another voice",
    "voice.setting_not_whole": (
        "{setting} of {voice} must be a whole number from {lowest} to {highest}, not {value}; correct its card"
    ),
    "voice.silent_line": "{voice} gave no sound for “{line}”; reword the line",
    "voice.speed_out_of_range": "{voice} cannot speak at speed {speed}; choose {lowest} to {highest}",
    "voice.test_engine": "voice {voice} ({engine}) is for tests only and may not be delivered; choose another",
    "voice.unfinished": (
        "{voice} did not come to the end of “{line}” within {seconds} s; split the line, or choose another voice"
    ),
    "voice.unknown": "there is no voice {voice}; choose one of: {known}",
    "voice.unknown_engine": "voice {voice} asks for engine {engine}, which does not exist; use one of: {known}",
    "voice.unknown_setting": "the card of {voice} has an unknown setting {setting}; known: {known}",
    "voice.unknown_variant": "voice {voice} has no variant {variant}; set one of: {known}",
    "voice.worker_died": "speaking ended twice on “{line}” ({exit_code}): {detail}; reword it or run studio doctor",
    "voice.wrong_model": (
        "the model of {voice} is {model}, which clones nobody; "
        "list an XTTS model with its vocab.json, or take the recording out of the card"
    ),
    "voice.wrong_rate": "the engine of {voice} speaks at {expected_hz} Hz, not {rate_hz}; correct rate_hz in its card",
    "weights.bad_address": "{url} cannot be asked ({reason}); check the address in the card, or give --from",
    "weights.bad_ledger": "{path} is damaged ({reason}); delete it, then run studio voices verify",
    "weights.bad_network": (
        "the network settings of this machine cannot be used ({reason}); correct HTTP_PROXY, HTTPS_PROXY, ALL_PROXY "
        "or SSL_CERT_FILE"
    ),
    "weights.bad_source": "--from “{source}” is neither a file, a folder nor an http address; give one of these",
    "weights.busy": "another process is working on the weights of {voice}; wait for it to end",
    "weights.empty": "{path} of {voice} came empty; nothing was kept; pull it from another place with --from",
    "weights.no_source": "the card of {voice} says no address for {path}; give --from FILE, DIR or URL",
    "weights.none": "voice {voice} needs no weights; there is nothing to pull or verify",
    "weights.not_there": "{path} of {voice} is not at {source}; give the folder that holds it",
    "weights.not_whole": "weights of {voice} are missing or damaged: {files}; run studio voices pull {voice}",
    "weights.other_than_first": (
        "{path} of {voice} is not the file that the first pull brought; nothing was kept; pull it from where that one "
        "came, or, if this is the right one, take “{folder}/{path}” out of {lock} and pull again"
    ),
    "weights.refused": "{url} answered {status}; check the address in the card, or give --from",
    "weights.stopped": "stopped; what came is kept, so run again to go on",
    "weights.too_large": "{url} holds {size_bytes} bytes, at most {most_bytes} wanted; is it the right file?",
    "weights.unreachable": (
        "{url} cannot be reached ({reason}); what came is kept, so run again to go on, or give --from FILE, DIR or URL"
    ),
    "weights.wrong_digest": (
        "{path} of {voice} is not the stated file (SHA-256 {found}…, wanted {wanted}…); nothing was kept; pull it again"
    ),
    "weights.wrong_size": "{path} of {voice} has {size_bytes} bytes, {wanted_bytes} wanted; nothing was kept",
    "cart.bad_point": "cart {cart}: --{option} {value_ms} does not fit; choose {lowest_ms} to {highest_ms} ms",
    "cart.bad_value": "cart {cart}: {key} is not acceptable: {reason}",
    "cart.busy": "another process is changing the carts in {folder}; wait for it to end, then start again",
    "cart.consent_ended": "cart {cart}: the consent of {person} ended on {until}; renew it, or play another cart",
    "cart.consent_to_come": (
        "cart {cart}: its consent says that {person} gives it on {given}, a day still to come; "
        "correct the date, or wait for it"
    ),
    "cart.damaged": "cart {path} is damaged ({reason}); replace it",
    "cart.exists": "there is a cart {id} already; add --replace to take its place, or choose another --name",
    "cart.half_consent": "a consent needs {missing} too; or give --consent FILE",
    "cart.half_loop": "cart {cart}: a loop needs both --loop-in and --loop-out",
    "cart.loop_no_bed": "cart {cart} is a {kind}; only a bed (nhac_nen) has a loop",
    "cart.loop_too_short": "cart {cart}: its loop of {loop_ms} ms is too short; make it at least {least_ms} ms",
    "cart.lost": "the sound of cart {cart} is gone or damaged; add its file again with --replace",
    "cart.no_consent": (
        "cart {cart} is a person's voice and there is no consent; add it with --consent FILE, "
        "or with --person, --given and --purpose"
    ),
    "cart.no_file": "there is no file {path}; correct its name",
    "cart.no_rights": (
        "cart {cart} does not say who holds its rights, so it does not air; run studio carts change {id} --rights …, "
        "or set allow_carts_without_rights = true in STUDIO_HOME/unit.toml if the unit answers for it"
    ),
    "cart.not_audio": "cart {path} is not sound; give a WAV, FLAC, MP3, OGG, M4A or other sound file",
    "cart.not_found": (
        "cart {reference} was not found in {folders}; correct its name, put the file there, "
        "or keep it with studio carts add"
    ),
    "cart.playlist": "cart {path} is a list of files, not sound; give the sound file itself",
    "cart.silent": (
        "cart {path} is silent, or its channels cancel each other out, or it is a constant offset; replace it"
    ),
    "cart.truncated": (
        "cart {path} is cut off: {size_bytes} of {stated_bytes} bytes are there; copy it again from where it came"
    ),
    "cart.unfinished": (
        "cart {path} was never finished: its header does not say how long it is; "
        "open it in a sound editor and save it again"
    ),
    "cart.unknown": "there is no cart {cart}; known: {known}",
    "cart.too_large": "cart {path} has {size_bytes} bytes, at most {most_bytes}; cut it or convert it",
    "cart.too_long": "cart {path} lasts longer than {most_s} s; cut it",
    "cart.too_short": "cart {path} sounds for {seconds} s, at least {least_s} needed to measure it; lengthen it",
    "cover.not_a_picture": "{path} is not a PNG or JPEG picture; replace it or remove it",
    "cover.too_large": "{path} has more than {most_megapixels} million pixels; make it smaller or remove it",
    "delivery.busy": "another run is writing {folder}; wait for it to end, then start again",
    "delivery.differs": (
        "{file} is not what its manifest says: {stated_lufs} LUFS and {stated_s} s stated, "
        "{measured_lufs} LUFS and {measured_s} s measured; nothing was delivered; run again"
    ),
    "delivery.foreign": "{folder} exists and was not made by this studio; move it away or choose another --out",
    "lexicon.bad_entry": (
        "{file}, line {line}: “{written}” said as “{spoken}” cannot be used; "
        "write how it is said with Vietnamese letters and spaces"
    ),
    "lexicon.bad_row": "{file}, line {line}: needs a written and a spoken form with a tab between, and at most a note",
    "lexicon.bad_syntax": "{file}, line {line}: {reason}; correct it, or import the lexicon as .tsv",
    "lexicon.encoding": "{file} is neither UTF-8 nor UTF-16; save it as UTF-8",
    "lexicon.exists": "{file} exists already; add --replace to put the new one in its place",
    "lexicon.not_found": "lexicon {file} does not exist; check its name",
    "lexicon.too_large": "{file} is larger than {at_most_bytes} bytes; is it the right file?",
    "lexicon.too_many": "{file} holds more than {at_most} entries; split it",
    "lexicon.unknown_kind": "{file} is no lexicon; its name should end in one of: {known}",
    "lexicon.unreadable": "lexicon {file} cannot be read: {reason}; check its permissions",
    "lexicon.wrong_language": '{file} is for the language “{language}”; a lexicon here needs xml:lang="vi"',
    "option.bad_choice": "--choice {name}={value} is not acceptable: {reason}",
    "marking.no_place": "no reading can be put at “{written}”; change the text itself",
    "marking.not_sayable": "“{spoken}” is not made of Vietnamese words; write it as it is to sound",
    "option.unknown_part": "--keep {value}: no part of a form; known: {known}",
    "option.unknown_choice": "--choice {value}: write NAME=VALUE; the names are: {known}",
    "ssml.bad_break": '{file}, line {line}: a break of “{value}” is not known; write time="500ms", at most {most} ms',
    "ssml.bad_syntax": "{file}, line {line}: {reason}; correct the SSML",
    "ssml.unknown_element": (
        "{file}, line {line}: <{element}> is not understood here; use speak, p, s, sub, break, emphasis"
    ),
    "ssml.wrong_language": '{file}, line {line}: the language “{language}” is not read here; use xml:lang="vi"',
    "ocr.failed": "page {page} of {file} could not be recognised: {reason}; run studio doctor, or ask for the original",
    "ocr.not_installed": (
        "{file} is a scan, and {part} is missing ({reason}). Debian, Ubuntu: sudo apt install tesseract-ocr "
        "tesseract-ocr-vie; Windows, macOS: install Tesseract with its Vietnamese data, and name the program in "
        "STUDIO_TESSERACT where it is not on the PATH. Or ask for the original (.docx, .odt)"
    ),
    "ocr.timed_out": "page {page} of {file} was stopped after {limit_s} s; split the file, or ask for the original",
    "option.bad_date": "{option} {value}: not a date; write it as YYYY-MM-DD, such as 2026-11-22",
    "option.bad_value": "{option} is not acceptable: {reason}",
    "option.together": "{first} and {second} cannot be used together; leave one out",
    "part.missing": "{part} is missing ({reason}); run studio doctor",
    "profile.unknown": "no station profile is called {profile}; known: {known}",
    "programme.unmeasurable": "{title}: too short or too quiet to measure at {profile}; check its items",
    "run.cancelled": "stopped; nothing half-made is left, and what was finished is kept",
    "rundown.no_turns": "{title}: no paragraph begins with “Hỏi:” or “Đáp:”; mark whose turn it is, or drop kind",
    "rundown.silent_fact": "{file}, line {line}: {key}: nothing of it would be heard; write it in words",
    "rundown.unknown_placeholder": (
        "{file}, line {line}: {key}: nothing stands for {placeholder}; known: {known}; for a brace write \\{{"
    ),
    "serve.not_loopback": "{host} is not a loopback address; nobody signs in yet, so serve on 127.0.0.1 only",
    "settings.bad_value": "{name}={value}: should be {wanted}",
    "storage.disk_full": "the disk is full at {path}; free some space, then run again (what was kept stays)",
    "storage.unwritable": "cannot write {path}: {reason}; choose another folder or mend its permissions",
    "text.line_too_long": (
        "{title}: “{line}” is said in {characters} characters without a place to part it, voice {voice} speaks at most "
        "{at_most} at once; put spaces or marks in, or take it out"
    ),
    "text.nothing_to_say": "{title}: nothing is left to be spoken; check the text",
}

NOTICES = {
    "audition.left_out": "{voice} is left out: {reason}",
    "audition.one_voice": "only {voice} can speak here, so it is compared with variations of itself",
    "audition.torn_lines": "{count} lines of the scores cannot be read and are left out",
    "cart.rights_unknown": "cart {cart}: nobody stated who holds its rights; ask, then add it with --rights",
    "take.clipped": "“{line}” by {voice}: clipped, also when spoken again; listen to it, then reword it",
    "take.too_short": "“{line}” by {voice}: only {seconds} s, also when spoken again; words may be missing: listen",
    "take.too_long": "“{line}” by {voice}: {seconds} s, also when spoken again; words may be repeated: listen",
    "inline.bad_pause": "a pause of “{spoken}” is not known and is left out; write {{|}}, {{||}} or 1 to {most} ms",
    "inline.bad_spoken": "“{spoken}” cannot be said, so the mark is not obeyed; use Vietnamese letters and spaces",
    "inline.unused": "this mark has no effect here; put it at the start of a word",
    "lexicon.not_used": "{file}, line {line}: <{element}> is not used; only <grapheme> and <alias> are",
    "lint.abbreviation": "{written} is spelled letter by letter; write it out at least once",
    "lint.long_sentence": "a sentence of {words} words (at most {most}); split it for the ear",
    "lint.many_figures": "{count} figures in one sentence (at most {most}); drop or spread some",
    "lint.nested_brackets": "brackets inside brackets; make them a sentence of their own",
    "lint.table": "a table cannot be heard; sum it up in sentences",
    "lint.web_address": "{written} is hard to catch by ear; name a place or a telephone number instead",
    "reading.abolished_district": "there are no districts since 1/7/2025; change the name unless the past is meant",
    "reading.address_guessed": "the reading of this address is a guess: {taken}",
    "reading.ambiguous": "can be read in several ways; taken as “{taken}”",
    "reading.amount_mismatch": "{figures} and the words in brackets “{words}” disagree; correct one",
    "reading.blank": "a blank to be filled in",
    "reading.foreign": "a foreign or unknown word; respell it if it is misread",
    "reading.impossible_date": "there is no day {day} in month {month}; check it",
    "reading.missing_date": "the date is blank; fill it in",
    "reading.missing_number": "the document number is blank; fill it in",
    "reading.path_silent": "what follows the domain is not spoken",
    "reading.unknown_capitals": "unknown capitals, read as “{taken}”",
    "reading.unknown_issuer": "the issuing body is not known and is spelled out",
    "voice.on_cpu": (
        "STUDIO_DEVICE={device}, but the engine of {voice} as installed here speaks on the CPU alone, and did"
    ),
    "weights.recorded": "no digest was known for {path}; that of this pull is now recorded in models/LOCK",
    "weights.recorded_moving": (
        "no digest was known for {path}, and its address moves: its owner may put another file there any day; "
        "the digest of this pull is now recorded in models/LOCK, and from here on only that very file is taken"
    ),
    "quality.opening_closing": (
        "{profile}: no opening or no closing (first segment: {first}, last: {last}); add a jingle or words"
    ),
    "quality.signature_first": (
        "{profile}: {seconds} s of opening jingle, {least_s} s wanted, so that a late receiver misses no news"
    ),
    "quality.music_share": ("{profile}: music alone is {percent} %, at most {most_percent} %; shorten it or add items"),
    "quality.duration": ("{profile}: {stated_s} s stated, {decoded_s} s decoded; run again"),
    "quality.level": ("{profile}: {measured_lufs} LUFS, {target_lufs} ± {tolerance_lu} wanted; run again"),
    "quality.peak": ("{profile}: {measured_dbtp} dBTP, at most {most_dbtp} allowed; run again"),
    "quality.item_levels": (
        "{profile}: items differ by {spread_lu} LU, at most {most_lu}; listen to the shortest ones"
    ),
    "quality.jingle_levels": (
        "{profile}: voice and jingles differ by {farthest_lu} LU, at most {most_lu}; listen to the jingles"
    ),
    "quality.silence": ("{profile}: {longest_s} s of silence, at most {most_s}; cut it"),
    "quality.clipping": ("{profile}: clipped at {runs} places; replace the recording"),
    "quality.drift": ("{profile}: the thirds differ by {drift_lu} LU, at most {most_lu}; listen to the quiet one"),
    "quality.bed": ("{profile}: the bed comes within {nearest_lu} LU of the speech, {least_lu} wanted; lower it"),
    "quality.device_file": (
        "{profile}: {kbps} kbps, {channels} channels, {megabytes} MB is more than receivers take; choose another"
    ),
    "quality.ai_mark": ("{profile}: the file does not carry the AI mark; run again"),
    "text.converted": "converted from the old encoding {encoding}; check the letters",
    "text.doubtful_word": "recognised with {confidence} % confidence; compare it with the scan",
    "text.empty_page": "no word was recognised on page {page}; look whether it is blank in the scan",
    "text.picture_pages": "pages {pages} are pictures and were not read; ask for the original or scan them alone",
    "text.recognised": (
        "recognised from a scan ({pages} pages, mean confidence {confidence} %): none of it is certain; "
        "compare names, numbers and dates with the scan"
    ),
    "text.unreadable": "cannot be spoken and is left out",
    "programme.in_one_piece": "{profile}: joined segments missed the target; the programme was mastered in one piece",
    "programme.over_target": (
        "{seconds} s longer than its {target_s} s, with pauses and music as short as they may be; "
        "shorten an item, first “{longest}”, the longest"
    ),
    "programme.under_target": (
        "{seconds} s shorter than its {target_s} s, with pauses and bed as long as they may be; add an item"
    ),
}

SUGGESTIONS = {
    "lint.abbreviation": "say the full name once, or put how to say it in a mark: {ABC|…}",
    "lint.long_sentence": "make two sentences of it, each with its own subject",
    "lint.many_figures": "keep the figure people must act on; round or drop the others",
    "lint.nested_brackets": "take the brackets out and say it in a sentence after this one",
    "lint.table": "name the two or three lines that matter, and where the whole table hangs",
    "lint.web_address": "name the office or a telephone number, and leave the address to the notice board",
}

TOML_KINDS = ("card", "cart_card", "choices", "consent", "profile", "rundown", "unit")
TOML_ERRORS = {
    "bad_syntax": "{file}, line {line}: {reason}; correct it and save as UTF-8",
    "bad_value": "{file}, line {line}: {key} is not acceptable: {reason}",
    "misnamed": "{file}: its id is {id}; name the file after its id",
    "missing_key": "{file}, line {line}: {key} is missing; add it",
    "not_found": "{file} does not exist; check the name",
    "too_large": "{file} is larger than {at_most_bytes} bytes; is it the right file?",
    "unknown_key": "{file}, line {line}: unknown key {key}; did you mean {suggestion}?",
    "unreadable": "{file} cannot be read: {reason}; check its permissions",
}
ERRORS |= {f"{kind}.{code}": words for kind in TOML_KINDS for code, words in TOML_ERRORS.items()}


def english(code: str, fields: Mapping[str, object]) -> str:
    """The sentence for a code; every code that can be raised has one, and a test holds that."""
    sentence = ERRORS.get(code) or NOTICES[code]
    if fields.get("line", 0) is None:
        # What is wrong with a file as a whole stands in no line.
        sentence = sentence.replace(", line {line}", "")
    if fields.get("key", "") is None:
        sentence = sentence.replace("{key} is not acceptable: ", "")
    fields = with_reason(fields)
    return sentence.format_map({name: "unknown" if value is None else value for name, value in fields.items()})
