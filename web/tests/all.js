// Runs all tests in the page and shows the outcome.

import { runAll } from './check.js';
import './irc.js';
import './model.js';
import './talk.js';
import './transfers.js';
import './view.js';

const result = await runAll();
document.getElementById('result').textContent = JSON.stringify(result, null, 2);
document.title = result.failed.length ? `failed ${result.failed.length}` : `passed ${result.passed}`;
