import { defaultRules } from '../step.ts';
import { minutes, type WorkshopTemplate } from '../workshop-template.ts';

import { feedbackStep } from './steps-in-common.ts';

/**
 * The meeting of a project group after the evening: check-in, reports, open points, the most pressing of them talked through, decisions,
 * and who does what by when.
 */
export const projectMeetingTemplate: WorkshopTemplate = {
	name: {
		lb: 'Projetsversammlung',
		fr: 'Réunion de projet',
		de: 'Projekttreffen',
		en: 'Project meeting',
		pt: 'Reunião de projeto',
	},
	description: {
		lb: 'D’Projetsgrupp gesäit sech erëm: Rapporten, oppe Punkten, Decisiounen a wien wat mécht, an 90 Minutten.',
		fr: 'Le groupe-projet se retrouve : nouvelles, points ouverts, décisions et qui fait quoi, en 90 minutes.',
		de: 'Die Projektgruppe trifft sich wieder: Berichte, offene Punkte, Entscheidungen und wer was macht, in 90 Minuten.',
		en: 'The project group meets again: reports, open points, decisions and who does what, in 90 minutes.',
		pt: 'O grupo do projeto volta a reunir-se: notícias, pontos em aberto, decisões e quem faz o quê, em 90 minutos.',
	},
	usualTables: 1,
	steps: [
		{
			kind: 'welcome',
			title: { lb: 'Ukommen', fr: 'Arrivée', de: 'Ankommen', en: 'Check-in', pt: 'Chegada' },
			prompt: {
				lb: 'Eng Ronn: Wéi geet et Iech, a wat muss haut hei geschéien, fir datt et sech gelount huet?',
				fr: 'Un tour de table : comment allez-vous, et que doit-il se passer aujourd’hui pour que cela en vaille la peine ?',
				de: 'Eine Runde: Wie geht es Ihnen, und was muss heute geschehen, damit es sich gelohnt hat?',
				en: 'One round: how are you, and what has to happen today to make it worthwhile?',
				pt: 'Uma ronda: como estão, e o que tem de acontecer hoje para ter valido a pena?',
			},
			durationMs: minutes(5),
			rules: defaultRules('welcome'),
		},
		{
			kind: 'discuss',
			title: { lb: 'Rapporten', fr: 'Nouvelles', de: 'Berichte', en: 'Reports', pt: 'Notícias' },
			prompt: {
				lb: 'Wat ass zënter dem leschte Mol geschitt? Zwou Minutte vu jidderengem, a wat fir déi aner wichteg ass, kënnt op en Ziedel.',
				fr: 'Que s’est-il passé depuis la dernière fois ? Deux minutes chacun, et ce qui compte pour les autres va sur une note.',
				de: 'Was ist seit dem letzten Mal geschehen? Zwei Minuten pro Person, und was für die anderen zählt, kommt auf einen Zettel.',
				en: 'What has happened since last time? Two minutes each, and what matters to the others goes on a note.',
				pt: 'O que aconteceu desde a última vez? Dois minutos cada, e o que interessa aos outros vai para uma nota.',
			},
			durationMs: minutes(15),
			rules: { ...defaultRules('discuss'), add: 'everybody', screen: 'wall' },
		},
		{
			kind: 'collect',
			title: {
				lb: 'Oppe Punkten',
				fr: 'Points ouverts',
				de: 'Offene Punkte',
				en: 'Open points',
				pt: 'Pontos em aberto',
			},
			prompt: {
				lb: 'Iwwer wat musse mir haut schwätzen? Ee Punkt op all Ziedel, am beschten als Fro.',
				fr: 'De quoi devons-nous parler aujourd’hui ? Un point par note, de préférence sous forme de question.',
				de: 'Worüber müssen wir heute reden? Ein Punkt pro Zettel, am besten als Frage.',
				en: 'What do we have to talk about today? One point a note, best as a question.',
				pt: 'De que temos de falar hoje? Um ponto por nota, de preferência em forma de pergunta.',
			},
			durationMs: minutes(10),
			rules: { ...defaultRules('collect'), arrange: 'everybody' },
		},
		{
			kind: 'choose',
			title: { lb: 'Reiefolleg', fr: 'Ordre du jour', de: 'Reihenfolge', en: 'What comes first', pt: 'Ordem do dia' },
			prompt: {
				lb: 'Wat ass am dréngendsten? Verdeelt Är Punkten: mir fänken uewen un an hale bei der Zäit op.',
				fr: 'Qu’est-ce qui presse le plus ? Posez vos points : nous commençons par le haut et nous arrêtons à l’heure.',
				de: 'Was ist am dringendsten? Vergeben Sie Ihre Punkte: Wir beginnen oben und hören pünktlich auf.',
				en: 'What is most pressing? Place your dots: we begin at the top and stop on time.',
				pt: 'O que é mais urgente? Distribuam os pontos: começamos por cima e paramos à hora.',
			},
			durationMs: minutes(5),
			rules: defaultRules('choose'),
		},
		{
			kind: 'discuss',
			title: { lb: 'Beschwätzen', fr: 'Discuter', de: 'Besprechen', en: 'Talk it through', pt: 'Conversar' },
			prompt: {
				lb: 'Ee Punkt nom aneren. Wat hëlleft weider, kënnt op en Ziedel; wat ze laang dauert, kritt eng eege Versammlung.',
				fr: 'Un point après l’autre. Ce qui fait avancer va sur une note ; ce qui prend trop de temps aura sa propre réunion.',
				de: 'Ein Punkt nach dem anderen. Was weiterhilft, kommt auf einen Zettel; was zu lange dauert, bekommt ein eigenes Treffen.',
				en: 'One point after the other. What helps goes on a note; what takes too long gets a meeting of its own.',
				pt: 'Um ponto de cada vez. O que ajuda vai para uma nota; o que demora demais terá a sua própria reunião.',
			},
			durationMs: minutes(25),
			rules: { ...defaultRules('discuss'), add: 'everybody', edit: 'table', screen: 'columns' },
		},
		{
			kind: 'vote',
			title: { lb: 'Decidéieren', fr: 'Décider', de: 'Entscheiden', en: 'Decide', pt: 'Decidir' },
			prompt: {
				lb: 'Wat decidéiere mir haut, a wat nach net? Liest de Virschlag haart vir, da stëmmt jidderee fir sech of.',
				fr: 'Que décidons-nous aujourd’hui, et quoi pas encore ? Lisez la proposition à voix haute, puis chaque personne vote pour soi.',
				de: 'Was entscheiden wir heute, und was noch nicht? Lesen Sie den Vorschlag laut vor, dann stimmt jede Person für sich ab.',
				en: 'What do we decide today, and what not yet? Read the proposal aloud, then each of you votes alone.',
				pt: 'O que decidimos hoje, e o que ainda não? Leiam a proposta em voz alta, depois cada pessoa vota por si.',
			},
			durationMs: minutes(10),
			rules: { ...defaultRules('vote'), sheet: 'tables' },
		},
		{
			kind: 'sheet',
			title: {
				lb: 'Wien mécht wat?',
				fr: 'Qui fait quoi ?',
				de: 'Wer macht was?',
				en: 'Who does what?',
				pt: 'Quem faz o quê?',
			},
			prompt: {
				lb: 'Schreift bei d’éischt Schrëtt: Wien, wat, bis wéini. Ouni Numm an Datum ass et nach keng Aufgab.',
				fr: 'Écrivez sous « premiers pas » : qui, quoi, pour quand. Sans nom ni date, ce n’est pas encore une tâche.',
				de: 'Schreiben Sie unter „Erste Schritte“: wer, was, bis wann. Ohne Namen und Datum ist es noch keine Aufgabe.',
				en: 'Write under “First steps”: who, what, by when. Without a name and a date it isn’t a task yet.',
				pt: 'Escrevam em «primeiros passos»: quem, o quê, até quando. Sem nome e data ainda não é uma tarefa.',
			},
			durationMs: minutes(10),
			rules: defaultRules('sheet'),
		},
		feedbackStep(5),
		{
			kind: 'closing',
			title: { lb: 'Ofschloss', fr: 'Clôture', de: 'Abschluss', en: 'Closing', pt: 'Encerramento' },
			prompt: {
				lb: 'Wéini gesi mir eis erëm, a wien invitéiert? Merci a kommt gutt heem.',
				fr: 'Quand nous revoyons-nous, et qui invite ? Merci et bon retour.',
				de: 'Wann sehen wir uns wieder, und wer lädt ein? Danke und kommen Sie gut nach Hause.',
				en: 'When do we meet again, and who invites? Thank you, and get home safely.',
				pt: 'Quando nos voltamos a ver, e quem convida? Obrigado e bom regresso.',
			},
			durationMs: minutes(5),
			rules: defaultRules('closing'),
		},
	],
};
