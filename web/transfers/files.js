// Files: what is being sent, the list of what is here, downloads.

import { toast } from '../view/dialog.js';

export class Files {
  constructor(session, acts) {
    Object.assign(this, { session, acts });
  }

  listen() {}

  busy() {
    return false;
  }

  upload() {
    toast('Files cannot be sent yet.', 'error');
  }

  show() {}

  download() {}
}
