// Keeps what an editor is writing in this browser, letter by letter: a page that is reloaded, or loads itself anew
// after the studio was started again, shows it again.
(() => {
  const key = "studio-draft";
  // A window's own draft comes before that of another window; after a power cut only the latter is left.
  const stores = () => [window.sessionStorage, window.localStorage];
  const stored = () => {
    try {
      const found = stores().map((store) => store.getItem(key)).find((text) => text !== null);
      return found === undefined ? {} : JSON.parse(found);
    } catch {
      return {};
    }
  };
  const draft = stored();
  window.studioDraft = {
    kept: () => JSON.stringify(draft),
    words: () => [draft.title ?? "", draft.unit ?? "", draft.written ?? ""],
    keep: (part) => {
      Object.assign(draft, part);
      const text = JSON.stringify(draft);
      for (const store of stores()) {
        try {
          store.setItem(key, text);
        } catch (error) {
          console.warn("the draft is not kept:", error);
        }
      }
      return [];
    },
  };
})();
