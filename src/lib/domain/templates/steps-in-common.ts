import { defaultRules } from '../step.ts';
import { minutes, type TemplateStep } from '../workshop-template.ts';

/** Steps that are the same whatever the method. */

export function breakStep(durationMinutes: number): TemplateStep {
	return {
		kind: 'break',
		title: { lb: 'Paus', fr: 'Pause', de: 'Pause', en: 'Break', pt: 'Intervalo' },
		prompt: {
			lb: 'Stitt op, drénkt eppes, schwätzt mat engem, deen Dir nach net kennt. Wat Dir geschriwwen hutt, bleift do.',
			fr: 'Levez-vous, buvez quelque chose, parlez à quelqu’un que vous ne connaissez pas encore. Ce que vous avez écrit reste là.',
			de: 'Stehen Sie auf, trinken Sie etwas, sprechen Sie mit jemandem, den Sie noch nicht kennen. Was Sie geschrieben haben, bleibt da.',
			en: 'Get up, have a drink, talk to somebody you don’t know yet. What you have written stays where it is.',
			pt: 'Levantem-se, bebam alguma coisa, falem com alguém que ainda não conhecem. O que escreveram fica onde está.',
		},
		durationMs: minutes(durationMinutes),
		rules: defaultRules('break'),
	};
}

/** Without names, and only the facilitators read it. */
export function feedbackStep(durationMinutes: number): TemplateStep {
	return {
		kind: 'feedback',
		title: { lb: 'Réckmeldung', fr: 'Retours', de: 'Rückmeldung', en: 'Feedback', pt: 'Opinião' },
		prompt: {
			lb: 'Wat war gutt, wat soll d’nächst Kéier anescht sinn? Schreift et um Handy: ouni Numm, an nëmmen d’Moderatioun liest et.',
			fr: 'Qu’est-ce qui était bien, que faut-il changer la prochaine fois ? Écrivez-le sur votre téléphone : sans nom, seule l’équipe d’animation le lit.',
			de: 'Was war gut, was soll nächstes Mal anders sein? Schreiben Sie es am Handy: ohne Namen, und nur die Moderation liest es.',
			en: 'What was good, what should be different next time? Write it on your phone: without a name, and only the facilitators read it.',
			pt: 'O que foi bom, o que deve ser diferente da próxima vez? Escrevam no telemóvel: sem nome, e só a equipa de moderação lê.',
		},
		durationMs: minutes(durationMinutes),
		rules: defaultRules('feedback'),
	};
}
