// Gives the framework's own buttons and messages their Vietnamese words; texts of bulletins are left alone.
(() => {
  const words = new Map(Object.entries(window.studioVietnamese.words));
  const patterns = Object.entries(window.studioVietnamese.patterns).map(([from, to]) => [new RegExp(from), to]);
  const attributes = ["aria-label", "title", "placeholder", "alt"];
  const said = (text) => {
    const trimmed = text.trim();
    if (!trimmed || trimmed.length > 300) return undefined;
    const found = words.get(trimmed) ?? patterns.find(([from]) => from.test(trimmed));
    return Array.isArray(found) ? trimmed.replace(found[0], found[1]) : found;
  };
  const ours = (node) => node.parentElement?.closest("[data-bulletin], textarea, script, style");

  const speakNode = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const word = said(node.data);
      if (word !== undefined && !ours(node)) node.data = word;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest("[data-bulletin]")) return;
    for (const name of attributes) {
      const word = node.hasAttribute(name) ? said(node.getAttribute(name)) : undefined;
      if (word !== undefined) node.setAttribute(name, word);
    }
    node.childNodes.forEach(speakNode);
  };

  const start = () => {
    document.documentElement.lang = "vi";
    speakNode(document.body);
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === "childList") change.addedNodes.forEach(speakNode);
        else speakNode(change.target);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
  };
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
