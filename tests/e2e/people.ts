import { expect as playwrightExpect, type BrowserContextOptions, type Locator, type Page } from '@playwright/test';

import type { Language } from '#lib/domain/language.ts';
import { translator } from '#lib/i18n/translator.ts';
import type { Hall, Newcomer } from '#tests/helpers/hall.ts';

/**
 * The people of an evening, acting through the interface only. They find things as a person would, by role and name, in the words of
 * the language that their browser is set to.
 */

const expect = playwrightExpect.configure({ timeout: 20_000 });

type Words = ReturnType<typeof translator>;

abstract class Somebody {
	readonly page: Page;
	readonly faults: readonly string[];
	readonly language: Language;
	readonly t: Words;

	constructor({ page, faults }: Newcomer, language: Language) {
		this.page = page;
		this.faults = faults;
		this.language = language;
		this.t = translator(language);
	}

	button(name: string) {
		return this.page.getByRole('button', { name, exact: true });
	}
}

/** Somebody with a phone. */
export class Participant extends Somebody {
	static async arrive(hall: Hall, language: Language): Promise<Participant> {
		const phone = await hall.newcomer({
			viewport: { width: 390, height: 844 },
			deviceScaleFactor: 2,
			hasTouch: true,
			isMobile: true,
			locale: localeOf[language],
		});
		return new Participant(phone, language);
	}

	/** From the start page, with the code from the wall. */
	async join(hall: Hall, nickname: string, table: string | null): Promise<void> {
		await this.page.goto('/');
		await this.page.getByLabel(this.t('home:join.label')).fill(hall.code);
		await this.button(this.t('home:join.submit')).click();
		await this.page.getByLabel(this.t('join:name.label')).fill(nickname);
		if (table !== null) await this.page.getByRole('radio', { name: new RegExp(`^${table}\\b`) }).check();
		await this.button(this.t('join:submit')).click();
		await expect(this.page).toHaveURL(/\/w\/\d{8}$/);
	}

	get composer() {
		return this.page.getByRole('textbox', { name: this.t('board:composer.label') });
	}

	/** Types an idea and sends it with Enter; the field is empty again at once. */
	async write(text: string): Promise<void> {
		await this.composer.fill(text);
		await this.composer.press('Enter');
		await expect(this.composer).toHaveValue('');
	}

	async goTo(section: 'ideas' | 'sheet' | 'vote' | 'pitch' | 'projects'): Promise<void> {
		await this.page
			.getByRole('navigation', { name: this.t('board:sections.label') })
			.getByRole('button', { name: new RegExp(`^${this.t(`board:sections.${section}`)}`) })
			.click();
	}

	async give(option: string, dots: number): Promise<void> {
		await setStepper(this.page.getByRole('group', { name: option, exact: true }), dots);
	}

	/** Opens a project's public page, in a tab of its own. */
	async openProject(title: string): Promise<Participant> {
		const opened = this.page.waitForEvent('popup');
		await this.page
			.getByRole('listitem')
			.filter({ has: this.page.getByRole('heading', { name: title }) })
			.getByRole('link', { name: this.t('board:projects.join') })
			.tap();
		return new Participant({ page: await opened, faults: this.faults }, this.language);
	}

	/** Signs up to the project whose page is open. */
	async signUp(involvement: 'join' | 'help' | 'follow', name: string, email: string): Promise<void> {
		await this.page.getByRole('radio', { name: new RegExp(`^${this.t(`project:signUp.${involvement}`)}`) }).check();
		await this.page.getByLabel(this.t('project:signUp.name'), { exact: true }).fill(name);
		await this.page.getByLabel(this.t('project:signUp.email'), { exact: true }).fill(email);
		await this.page.getByRole('checkbox', { name: this.t('project:signUp.consent') }).check();
		await this.button(this.t('project:signUp.submit')).click();
		await expect(this.page.getByRole('heading', { name: this.t('project:signUp.doneTitle') })).toBeVisible();
	}
}

/** A table's tablet. */
export class Tablet extends Somebody {
	static async arrive(hall: Hall, language: Language): Promise<Tablet> {
		const device = await hall.newcomer({
			viewport: { width: 1180, height: 820 },
			hasTouch: true,
			locale: localeOf[language],
		});
		return new Tablet(device, language);
	}

	/** Shows its pairing code. */
	async askIn(): Promise<string> {
		await this.page.goto('/pair');
		return pairingCodeOn(this.page);
	}

	get composer() {
		return this.page.getByRole('textbox', { name: this.t('board:composer.label') });
	}

	async write(text: string): Promise<void> {
		await this.composer.fill(text);
		await this.composer.press('Enter');
		await expect(this.composer).toHaveValue('');
	}

	/** Taps ideas and puts them into a new group. */
	async group(title: string, ideas: readonly string[]): Promise<void> {
		for (const idea of ideas) {
			await this.page.locator('label', { hasText: idea }).tap();
			await expect(
				this.page.getByRole('checkbox', { name: this.t('board:note.select', { text: idea }) }),
			).toBeChecked();
		}
		await this.button(this.t('board:selection.move')).click();
		await this.page.getByLabel(this.t('board:selection.newGroup')).fill(title);
		await this.button(this.t('board:selection.create')).click();
	}
}

/** The hall's projector. */
export class Projector extends Somebody {
	static async arrive(hall: Hall, language: Language): Promise<Projector> {
		const device = await hall.newcomer({ viewport: { width: 1920, height: 1080 }, locale: localeOf[language] });
		return new Projector(device, language);
	}

	async askIn(): Promise<string> {
		await this.page.goto('/screen');
		return pairingCodeOn(this.page);
	}
}

const laptop = { viewport: { width: 1440, height: 900 } };

/** Whoever runs the evening, at a laptop or with a phone. */
export class Facilitator extends Somebody {
	static async arrive(hall: Hall, language: Language, device: BrowserContextOptions = laptop): Promise<Facilitator> {
		return new Facilitator(await hall.newcomer({ ...device, locale: localeOf[language] }), language);
	}

	/** Follows the link from the terminal and goes to the evening's cockpit. */
	async enter(hall: Hall, workshop: RegExp): Promise<void> {
		await this.page.goto(hall.signInLink);
		await this.button(this.t('account:enter.submit')).click();
		await this.page.getByRole('link', { name: workshop }).click();
		await this.page.getByRole('link', { name: this.t('studio:workshop.cockpit') }).click();
		await expect(this.page.getByRole('heading', { name: this.t('cockpit:agenda.title') })).toBeVisible();
	}

	/** Opens one of the subjects at the side, if it is folded. */
	async unfold(title: string): Promise<void> {
		const panel = this.page.locator('details', { has: this.page.getByRole('heading', { name: title, exact: true }) });
		if ((await panel.getAttribute('open')) === null) await panel.locator('summary').click();
	}

	async pair(kind: 'screen' | 'table', code: string, table?: string, name?: string): Promise<void> {
		await this.unfold(this.t('cockpit:devices.title'));
		await this.button(this.t('cockpit:devices.pair')).click();
		const dialog = this.page.getByRole('dialog');
		const kindName = this.t(kind === 'screen' ? 'cockpit:devices.screen' : 'cockpit:devices.tablet');
		await dialog.getByLabel(this.t('cockpit:devices.kind')).selectOption({ label: kindName });
		await dialog.getByLabel(this.t('cockpit:devices.code')).fill(code);
		if (name !== undefined) await dialog.getByLabel(this.t('cockpit:devices.name'), { exact: true }).fill(name);
		if (table !== undefined) await dialog.getByLabel(this.t('cockpit:devices.table')).selectOption({ label: table });
		await dialog.getByRole('button', { name: this.t('cockpit:devices.approve'), exact: true }).click();
		await expect(dialog).toBeHidden();
	}

	/** On to the next steps until this one; confirms where that reveals what was private. */
	async goOnTo(step: string): Promise<void> {
		const heading = this.page.getByRole('heading', { level: 1 });
		const agenda = this.page.getByRole('region', { name: this.t('cockpit:agenda.title') });
		const confirm = this.button(this.t('cockpit:reveal.confirm'));
		// Steps are not queued for later: without a connection the cockpit says so.
		await expect(this.page.getByText(this.t('cockpit:offline'))).toBeHidden();
		for (let steps = 0; steps < 10 && (await heading.textContent()) !== step; steps += 1) {
			const before = await heading.textContent();
			const onward = agenda.getByRole('button').first();
			const next = agenda.getByRole('button', { name: (await onward.textContent())?.trim() ?? '', exact: true });
			// A press while the last one has no answer yet is ignored, as for a person; the button still names the same step then.
			await expect(async () => {
				if (await confirm.isVisible()) await confirm.click();
				else if (await next.isVisible()) await next.click({ timeout: 1_000 });
				expect(await heading.textContent()).not.toBe(before);
			}).toPass({ timeout: 20_000, intervals: [300, 700, 1_000] });
		}
		await expect(heading).toHaveText(step);
	}

	/** On to the next step with the button at the thumb, as often as it takes. */
	async goOnAtTheThumb(step: string): Promise<void> {
		const heading = this.page.getByRole('heading', { level: 1 });
		const confirm = this.button(this.t('cockpit:reveal.confirm'));
		const onward = this.page.getByRole('button', {
			name: new RegExp(`^${this.t('cockpit:agenda.next', { title: '' })}`),
		});
		for (let steps = 0; steps < 10 && (await heading.textContent()) !== step; steps += 1) {
			const before = await heading.textContent();
			await expect(async () => {
				if (await confirm.isVisible()) await confirm.tap();
				else if ((await heading.textContent()) === before) await onward.last().tap({ timeout: 1_000 });
				expect(await heading.textContent()).not.toBe(before);
			}).toPass({ timeout: 20_000, intervals: [700, 1_000, 1_500] });
		}
		await expect(heading).toHaveText(step);
	}

	/** On a phone: one of the subjects at the bottom. */
	async openSubject(subject: 'now' | 'tables' | 'inbox' | 'screens' | 'more'): Promise<void> {
		const subjects = this.page.getByRole('navigation', { name: this.t('steering:subject.label') });
		await subjects.getByRole('button', { name: new RegExp(`^${this.t(`steering:subject.${subject}`)}`) }).tap();
	}

	/** Shows what was kept so far to the tables or the room. */
	async reveal(to: 'table' | 'room', count: number): Promise<void> {
		await this.button(this.t(to === 'table' ? 'steering:reveal.toTable' : 'steering:reveal.toRoom', { count })).click();
		const dialog = this.page.getByRole('alertdialog').or(this.page.getByRole('dialog'));
		await dialog.getByRole('button', { name: this.t('steering:reveal.confirm'), exact: true }).click();
		await expect(dialog).toBeHidden();
	}

	async announce(text: string): Promise<void> {
		await this.button(this.t('steering:attention.announce')).click();
		const dialog = this.page.getByRole('dialog');
		await dialog.getByRole('textbox').first().fill(text);
		await dialog.getByRole('button', { name: this.t('steering:announce.confirm'), exact: true }).click();
		await expect(dialog).toBeHidden();
	}

	/** Asks the room a quick question. */
	async ask(question: string, answers: readonly [string, string]): Promise<void> {
		await this.button(this.t('steering:attention.poll')).click();
		const dialog = this.page.getByRole('dialog');
		await dialog.getByRole('button', { name: this.t('steering:poll.template.own'), exact: true }).click();
		await dialog.getByLabel(this.t('steering:poll.question')).fill(question);
		for (const [index, answer] of answers.entries()) {
			const label = this.t('steering:poll.answer', { number: index + 1 });
			await dialog.getByRole('textbox', { name: label, exact: true }).fill(answer);
		}
		await dialog.getByRole('button', { name: this.t('steering:poll.confirm'), exact: true }).click();
		await expect(dialog).toBeHidden();
	}

	/** Seats somebody at another table. */
	async movePerson(name: string, table: string): Promise<void> {
		const back = this.button(this.t('cockpit:board.back'));
		if (await back.isVisible()) await back.click();
		await this.page.getByRole('tab', { name: new RegExp(`^${this.t('cockpit:people.title')}`) }).click();
		const seat = this.page.getByLabel(this.t('cockpit:people.tableOf', { name }));
		const place = seat.locator('option', { hasText: new RegExp(`^${table} `) });
		await seat.selectOption(await place.getAttribute('value'));
		await this.page.getByRole('tab', { name: new RegExp(`^${this.t('cockpit:tables.title')}`) }).click();
	}

	async setPace(pace: 'room' | 'tables'): Promise<void> {
		await this.button(this.t(pace === 'tables' ? 'steering:pace.own' : 'steering:pace.room')).click();
		await expect(this.page.getByText(this.t(`steering:pace.done.${pace}`)).first()).toBeVisible();
	}

	/** Lets a screen show one table only. */
	async giveScreenTo(name: string, table: string): Promise<void> {
		await this.unfold(this.t('cockpit:devices.title'));
		await this.button(this.t('tables:device.actions', { name })).click();
		await this.page.getByRole('menuitem', { name: this.t('tables:device.setUp') }).click();
		const dialog = this.page.getByRole('dialog');
		await dialog.getByLabel(this.t('tables:device.belongsTo')).selectOption({ label: table });
		await dialog.getByRole('button', { name: this.t('common:action.save'), exact: true }).click();
		await expect(dialog).toBeHidden();
	}

	async openTable(name: string): Promise<void> {
		const back = this.button(this.t('cockpit:board.back'));
		if (await back.isVisible()) await back.click();
		await this.page
			.getByRole('main')
			.getByRole('button', { name: new RegExp(`^${name}\\b`) })
			.first()
			.click();
		await expect(this.page.getByRole('heading', { name, exact: true })).toBeVisible();
	}

	/** Picks out groups or ideas of the open board, by their words. */
	async pick(...labels: string[]): Promise<void> {
		for (const name of labels) await this.page.getByRole('checkbox', { name, exact: true }).check();
	}

	/** Opens a vote on what was picked out. */
	async openVote(title: string, rule: { dots: number; most: number }): Promise<void> {
		await this.button(this.t('cockpit:picked.vote')).click();
		const dialog = this.page.getByRole('dialog');
		await dialog.getByLabel(this.t('cockpit:votes.question')).fill(title);
		await this.count(this.t('cockpit:votes.dotsEach'), rule.dots);
		await this.count(this.t('cockpit:votes.mostOnOne'), rule.most);
		await dialog.getByRole('button', { name: this.t('cockpit:votes.openConfirm'), exact: true }).click();
		await expect(dialog).toBeHidden();
	}

	async closeVote(): Promise<void> {
		await this.unfold(this.t('cockpit:votes.title'));
		await this.button(this.t('cockpit:votes.close')).click();
		await this.page
			.getByRole('dialog')
			.getByRole('button', { name: this.t('cockpit:votes.close'), exact: true })
			.click();
		await expect(this.page.getByText(this.t('cockpit:votes.isClosed'), { exact: true })).toBeVisible();
	}

	async publishResult(): Promise<void> {
		await this.page
			.getByRole('switch', { name: this.t('cockpit:votes.publish') })
			.first()
			.check();
	}

	async takeSnapshot(): Promise<void> {
		await this.unfold(this.t('cockpit:snapshots.heading'));
		await this.button(this.t('cockpit:snapshots.take')).click();
		await expect(this.page.getByText(this.t('cockpit:reason.on-demand')).first()).toBeVisible();
	}

	/** Founds a project out of what was picked out. */
	async found(title: string, summary: string): Promise<void> {
		await this.button(this.t('cockpit:picked.project')).click();
		const dialog = this.page.getByRole('dialog');
		await dialog.getByLabel(this.t('cockpit:projects.title')).fill(title);
		await dialog.getByLabel(this.t('cockpit:projects.summary')).fill(summary);
		await dialog.getByRole('button', { name: this.t('cockpit:projects.confirm'), exact: true }).click();
		await expect(dialog).toBeHidden();
	}

	async endEvening(): Promise<void> {
		await this.button(this.t('cockpit:menu.title')).click();
		await this.page.getByRole('menuitem', { name: this.t('cockpit:menu.end') }).click();
		await this.button(this.t('cockpit:end.confirm')).click();
		await expect(this.page.getByText(this.t('cockpit:bar.ended')).first()).toBeVisible();
	}

	private async count(label: string, wanted: number): Promise<void> {
		await setStepper(this.page.getByRole('dialog').getByRole('group', { name: label, exact: true }), wanted);
	}
}

/** Taps ± until the figure between them is the wanted one. */
async function setStepper(stepper: Locator, wanted: number): Promise<void> {
	const figure = stepper.getByRole('status');
	for (let taps = 0; taps < 50; taps += 1) {
		const given = Number(await figure.textContent());
		if (given === wanted) break;
		await stepper
			.getByRole('button')
			.nth(given < wanted ? 1 : 0)
			.click();
	}
	await expect(figure).toHaveText(String(wanted));
}

async function pairingCodeOn(page: Page): Promise<string> {
	const signs = page.locator('p.code');
	await expect(signs).toHaveText(/^\s*(\S\s*){6}$/);
	return ((await signs.textContent()) ?? '').replaceAll(/\s/g, '');
}

const localeOf: Record<Language, string> = { lb: 'lb-LU', fr: 'fr-LU', de: 'de-LU', en: 'en-GB', pt: 'pt-PT' };
