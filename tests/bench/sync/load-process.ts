/** The load of the sync bench as a process of its own, led by its parent. */
import { Load } from './load.ts';
import { serveParent } from './remote.ts';

serveParent(new Load());
