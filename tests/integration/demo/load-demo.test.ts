import { expect, it } from 'vitest';

import { languages } from '#lib/domain/language.ts';
import { loadDemo } from '#server/demo/load-demo.ts';
import { mamerChallenges } from '#server/demo/mamer-challenges.ts';
import { createTestDatabase } from '#tests/helpers/database.ts';

const clock = { now: () => new Date('2026-03-14T18:30:00Z') };

it('loads the region, the seven tables of Mamer and the Klimarat conversation, once', async () => {
	await using database = await createTestDatabase();
	const { sql } = database;
	const demo = await loadDemo(sql, clock);
	expect(demo).toEqual({ joinCode: '20240606', conversationCode: '20220508' });

	const workshops = await sql`
		select w.code, w.phase, w.door_open, s.kind, w.timer, to_char(w.personal_data_until, 'YYYY-MM-DD') as until,
			w.attribution is not null as attributed,
			(select count(*) from workshop_table t where t.workshop_id = w.id) as tables,
			(select count(*) from text_document d where d.workshop_id = w.id) as sheets,
			(select count(*) from board b where b.workshop_id = w.id) as boards,
			(select count(*) from idea i join board b on b.id = i.board_id where b.workshop_id = w.id) as ideas
		from workshop w join step s on s.id = w.current_step_id order by w.code desc
	`;
	const common = { phase: 'live', door_open: true, until: '2026-09-10', attributed: true };
	expect([...workshops]).toMatchObject([
		{ ...common, code: '20240606', kind: 'welcome', tables: 7, sheets: 7, boards: 8, ideas: 0 },
		{ ...common, code: '20220508', kind: 'group', tables: 0, sheets: 0, boards: 1, ideas: 522 },
	]);
	expect(workshops[0]?.timer).toEqual({ state: 'paused', remainingMs: 900_000, durationMs: 900_000 });

	const [region] = await sql`
		select r.population, count(c.id) as communes, sum(c.population)::integer as people
		from region r join commune c on c.region_id = r.id group by r.id
	`;
	expect(region).toEqual({ population: 79_709, communes: 13, people: 79_709 });

	expect(await loadDemo(sql, clock)).toEqual(demo);
	const [counts] = await sql`
		select (select count(*) from workshop) as workshops, (select count(*) from challenge) as challenges,
			(select count(*) from statement_vote) as votes, (select count(*) from edition) as editions
	`;
	expect(counts).toEqual({ workshops: 2, challenges: 7, votes: 61_936, editions: 1 });
});

it('asks every challenge in every language, in words of its own', () => {
	expect(mamerChallenges).toHaveLength(7);
	for (const { question } of mamerChallenges) {
		expect(new Set(languages.map((language) => question[language])).size).toBe(languages.length);
		for (const language of languages) expect(question[language]).toMatch(/\?$/);
	}
});
