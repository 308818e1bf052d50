/** What the browser keeps, under one prefix. A browser that keeps nothing still works. */

const PREFIX = "pullquote.";

/** Return what was kept under a name, null if nothing was or it cannot be read. */
export function remembered(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

/** Keep a value; return whether there was room for it. */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept.
  }
}

/** Call `tell` with the name of what another tab has changed. */
export function onChangeElsewhere(tell) {
  window.addEventListener("storage", (event) => {
    if (event.key?.startsWith(PREFIX)) tell(event.key.slice(PREFIX.length));
  });
}
