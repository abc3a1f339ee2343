import { expect, test, vi } from 'vitest';

import { Guest } from '#tests/helpers/guest.ts';
import { runApp } from '#tests/helpers/running-app.ts';
import { seedIdea, seedWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

test('whoever comes in after a project was taken from the public is not told of it', async () => {
	await using app = await runApp();
	const workshop = await seedWorkshop(app.database.sql);
	const ideaId = await seedIdea(app.database.sql, { boardId: workshop.plenaryBoardId, text: 'A village shop' });
	using claire = new Guest(app.origin, await signIn(app, workshop.accountId));
	using anna = new Guest(app.origin);
	await anna.join(workshop.code);
	const cockpit = claire.live('facilitator', workshop.workshopId);
	await vi.waitFor(() => expect(cockpit.me).toBeDefined());
	await cockpit.send('project.found', { title: 'Village shop', ideaIds: [ideaId] });
	const [project] = await app.database.sql<[{ id: string }]>`
		select id from project where workshop_id = ${workshop.workshopId}`;

	await claire.client.json('PATCH', `/projects/${project.id}`, { published: false });
	const live = anna.live('participant', workshop.code);
	await vi.waitFor(() => expect(live.view).toBeDefined());
	expect(live.view?.projects).toEqual({});
});
