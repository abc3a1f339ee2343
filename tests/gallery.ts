/** Shows every component in its states: `node tests/gallery.ts`, until Ctrl-C. */
import { once } from 'node:events';

import { openComponentGallery } from './helpers/component-gallery.ts';

await using gallery = await openComponentGallery(4180);
process.stdout.write(`${gallery.url}?lang=lb\n`);
await once(process, 'SIGINT');
