// What this browser keeps: name, settings, rooms. Never a password. What was not sent yet is kept for this tab only.

const KEY = 'chat';

function read(storage, key, otherwise) {
  try {
    return JSON.parse(storage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(storage, key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing works too.
  }
}

export const kept = {
  all: () => read(localStorage, KEY, {}),
  put: (fields) => write(localStorage, KEY, { ...kept.all(), ...fields }),
  unsent: () => read(sessionStorage, 'unsent', []),
  putUnsent: (list) => write(sessionStorage, 'unsent', list),
};
