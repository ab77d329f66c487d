// Keeps what an editor is writing in this browser, letter by letter: a page that is reloaded, or loads itself anew
// after the studio was started again, shows it again.
(() => {
  const key = "studio-draft";
  // A window's own draft comes before that of another window; after a power cut only the latter is left.
  const stores = ["sessionStorage", "localStorage"];
  const stored = () => {
    try {
      const found = stores.map((name) => window[name].getItem(key)).find((text) => text !== null);
      return found === undefined ? {} : { ...JSON.parse(found) };
    } catch {
      return {};
    }
  };
  const before = stored();
  const draft = { ...before };
  window.studioDraft = {
    kept: () => JSON.stringify(draft),
    // Undefined leaves a field as it is: an editor who is quicker than the page's loading loses nothing.
    words: (...now) =>
      ["title", "unit", "written"].map((name, place) =>
        now[place] || typeof before[name] !== "string" || !before[name] ? undefined : before[name],
      ),
    keep: (part) => {
      Object.assign(draft, part);
      const text = JSON.stringify(draft);
      for (const name of stores) {
        try {
          window[name].setItem(key, text);
        } catch (error) {
          // Full, or not allowed in this browser: the page works all the same.
          console.warn("the draft is not kept:", error);
        }
      }
      return [];
    },
  };
})();
