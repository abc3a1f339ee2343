import { expect, test } from 'vitest';

import { checkEntry, entryOfForm } from './sign-up-entry.ts';

function formOf(fields: Record<string, string>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return form;
}

test('a form that a browser sends by itself is read like one that a script sends', () => {
	const fields = {
		involvement: 'help',
		name: ' Anna  Weber ',
		email: 'Anna@Example.lu ',
		message: 'Ja',
		consent: 'on',
	};
	const checked = checkEntry(entryOfForm(formOf(fields)));
	expect(checked).toEqual({
		data: { involvement: 'help', name: 'Anna Weber', email: 'anna@example.lu', message: 'Ja', consent: true },
	});
});

test('what was typed comes back as it was, with one problem for each wrong field', () => {
	const entry = entryOfForm(formOf({ involvement: 'boss', name: '  ', email: 'anna at' }));
	expect(entry).toEqual({ involvement: null, name: '  ', email: 'anna at', message: '', consent: false });
	expect(checkEntry(entry)).toEqual({
		problems: {
			involvement: { code: 'request.invalid' },
			name: { code: 'text.empty' },
			email: { code: 'project.emailInvalid' },
			consent: { code: 'project.consentMissing' },
		},
	});
});
