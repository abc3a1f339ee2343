import { defaultRules } from '../step.ts';
import { minutes, type WorkshopTemplate } from '../workshop-template.ts';

import { breakStep, feedbackStep } from './steps-in-common.ts';

/**
 * The small workshop in a commune with which a programme begins: hopes and needs, each written in silence first, and at the end
 * the challenges as questions of the form "How can we …?", the strongest of them chosen with dots.
 */
export const ideationTemplate: WorkshopTemplate = {
	name: {
		lb: 'Iddienatelier',
		fr: 'Atelier d’idéation',
		de: 'Ideenwerkstatt',
		en: 'Ideation workshop',
		pt: 'Ateliê de ideias',
	},
	description: {
		lb: 'Wat d’Leit aus enger Gemeng sech wënschen a brauchen, a wéi eng Froen doraus ginn, an zwou Stonnen.',
		fr: 'Ce que souhaitent les gens d’une commune, ce qui leur manque et les défis qui en naissent, en deux heures.',
		de: 'Was sich die Menschen einer Gemeinde wünschen, was ihnen fehlt und welche Fragen daraus werden, in zwei Stunden.',
		en: 'What the people of a commune hope for, what they lack and the questions it leads to, in two hours.',
		pt: 'O que as pessoas de uma comuna desejam, o que lhes falta e as perguntas que daí nascem, em duas horas.',
	},
	usualTables: 4,
	steps: [
		{
			kind: 'welcome',
			title: { lb: 'Wëllkomm', fr: 'Bienvenue', de: 'Willkommen', en: 'Welcome', pt: 'Boas-vindas' },
			prompt: {
				lb: 'Schéin, datt Dir do sidd! Sot Äre Virnumm a wou Dir hei am léifste sidd.',
				fr: 'Merci d’être là ! Dites votre prénom et l’endroit d’ici que vous préférez.',
				de: 'Schön, dass Sie da sind! Sagen Sie Ihren Vornamen und wo Sie hier am liebsten sind.',
				en: 'Good to have you here! Tell us your first name and your favourite place around here.',
				pt: 'Que bom que vieram! Digam o vosso nome e o lugar daqui de que mais gostam.',
			},
			durationMs: minutes(10),
			rules: defaultRules('welcome'),
		},
		{
			kind: 'collect',
			title: { lb: 'Wënsch', fr: 'Souhaits', de: 'Wünsche', en: 'Hopes', pt: 'Desejos' },
			prompt: {
				lb: 'Wat soll et hei an zéng Joer ginn, wat Iech frou mécht? Fir d’éischt jidderee roueg fir sech, ee Wonsch op all Ziedel. Mir weisen se duerno all zesummen.',
				fr: 'Dans dix ans, qu’est-ce qui devrait exister ici et vous rendrait heureux ? D’abord en silence, un souhait par note. Nous les montrerons ensuite tous ensemble.',
				de: 'Was soll es hier in zehn Jahren geben, das Sie freut? Zuerst still für sich, ein Wunsch pro Zettel. Danach zeigen wir alle zusammen.',
				en: 'Ten years from now, what should there be here that makes you glad? In silence first, one hope a note. Then we show them all together.',
				pt: 'Daqui a dez anos, o que deveria existir aqui que vos faria felizes? Primeiro em silêncio, um desejo por nota. Depois mostramos tudo ao mesmo tempo.',
			},
			durationMs: minutes(10),
			rules: { ...defaultRules('collect'), intake: 'private', names: 'hidden' },
		},
		{
			kind: 'collect',
			title: { lb: 'Besoinen', fr: 'Besoins', de: 'Bedürfnisse', en: 'Needs', pt: 'Necessidades' },
			prompt: {
				lb: 'A wat feelt haut? Denkt un Är Grousselteren, un d’Kanner, un den Noper. Eng Saach op all Ziedel, esou konkreet wéi méiglech.',
				fr: 'Et aujourd’hui, que manque-t-il ? Pensez aux grands-parents, aux enfants, aux voisins. Une chose par note, aussi concrète que possible.',
				de: 'Und was fehlt heute? Denken Sie an Großeltern, Kinder, Nachbarn. Eine Sache pro Zettel, so konkret wie möglich.',
				en: 'And what is missing today? Think of grandparents, children, neighbours. One thing a note, as concrete as you can.',
				pt: 'E hoje, o que falta? Pensem nos avós, nas crianças, nos vizinhos. Uma coisa por nota, o mais concreta possível.',
			},
			durationMs: minutes(15),
			rules: { ...defaultRules('collect'), names: 'hidden' },
		},
		{
			kind: 'group',
			title: { lb: 'Gruppéieren', fr: 'Regrouper', de: 'Gruppieren', en: 'Group', pt: 'Agrupar' },
			prompt: {
				lb: 'Wéi eng Wënsch a Besoine gehéieren zesummen? Gitt all Grupp en Numm, dee seet, ëm wat et geet.',
				fr: 'Quels souhaits et quels besoins vont ensemble ? Donnez à chaque groupe un nom qui dit de quoi il s’agit.',
				de: 'Welche Wünsche und Bedürfnisse gehören zusammen? Geben Sie jeder Gruppe einen Namen, der sagt, worum es geht.',
				en: 'Which hopes and needs belong together? Give each group a name that says what it is about.',
				pt: 'Que desejos e necessidades combinam? Deem a cada grupo um nome que diga do que se trata.',
			},
			durationMs: minutes(15),
			rules: { ...defaultRules('group'), names: 'hidden' },
		},
		breakStep(10),
		{
			kind: 'collect',
			title: {
				lb: 'Froe stellen',
				fr: 'Poser les questions',
				de: 'Fragen stellen',
				en: 'Ask the questions',
				pt: 'Fazer as perguntas',
			},
			prompt: {
				lb: 'Maacht aus de Gruppe Froen: „Wéi kënne mir …?“ Sou grouss, datt vill Äntwerte passen, an esou kleng, datt ee muer ufänke kann.',
				fr: 'Faites des groupes des questions : « Comment pouvons-nous … ? » Assez grandes pour plusieurs réponses, assez petites pour commencer demain.',
				de: 'Machen Sie aus den Gruppen Fragen: „Wie können wir …?“ Groß genug für viele Antworten, klein genug, um morgen anzufangen.',
				en: 'Turn the groups into questions: “How can we …?” Large enough for many answers, small enough to begin tomorrow.',
				pt: 'Façam dos grupos perguntas: «Como podemos …?» Grandes o bastante para muitas respostas, pequenas o bastante para começar amanhã.',
			},
			durationMs: minutes(20),
			rules: { ...defaultRules('collect'), edit: 'table', arrange: 'everybody', names: 'hidden' },
		},
		{
			kind: 'choose',
			title: { lb: 'Eraussichen', fr: 'Retenir', de: 'Auswählen', en: 'Shortlist', pt: 'Selecionar' },
			prompt: {
				lb: 'Mat wéi engen zwou Froe géif Ären Dësch an de Sall goen? Réckelt se an eng eege Grupp a sot, firwat grad déi.',
				fr: 'Quelles deux questions votre table porterait-elle devant la salle ? Placez-les dans un groupe à part et dites pourquoi celles-là.',
				de: 'Welche zwei Fragen würde Ihr Tisch in den Saal tragen? Schieben Sie sie in eine eigene Gruppe und sagen Sie, warum gerade diese.',
				en: 'Which two questions would your table take to the room? Move them into a group of their own and say why these.',
				pt: 'Que duas perguntas levaria a vossa mesa à sala? Ponham-nas num grupo à parte e digam porquê essas.',
			},
			durationMs: minutes(10),
			rules: { ...defaultRules('choose'), edit: 'table', vote: false },
		},
		{
			kind: 'vote',
			title: { lb: 'Wielen', fr: 'Choisir', de: 'Wählen', en: 'Choose', pt: 'Escolher' },
			prompt: {
				lb: 'Un wéi enge Froe solle mir weiderschaffen? Verdeelt Är Punkten, alleguer zur selwechter Zäit a jidderee fir sech.',
				fr: 'Sur quelles questions devrions-nous travailler ? Posez vos points, toutes et tous en même temps, chaque personne pour soi.',
				de: 'An welchen Fragen sollen wir weiterarbeiten? Vergeben Sie Ihre Punkte, alle gleichzeitig und jede Person für sich.',
				en: 'Which questions should we work on? Place your dots, all at the same time and each for yourself.',
				pt: 'Em que perguntas devemos trabalhar? Distribuam os pontos, ao mesmo tempo e cada pessoa por si.',
			},
			durationMs: minutes(10),
			rules: defaultRules('vote'),
		},
		{
			kind: 'results',
			title: { lb: 'Resultater', fr: 'Résultats', de: 'Ergebnisse', en: 'Results', pt: 'Resultados' },
			prompt: {
				lb: 'Dat sinn d’Froen, déi d’Kärequipe mathëlt. Wien huet Loscht, un enger dovu weiderzeschaffen?',
				fr: 'Voici les questions que l’équipe cœur emporte. Qui a envie de continuer à travailler sur l’une d’elles ?',
				de: 'Das sind die Fragen, die das Kernteam mitnimmt. Wer hat Lust, an einer davon weiterzuarbeiten?',
				en: 'These are the questions the core team takes along. Who would like to go on working on one of them?',
				pt: 'Eis as perguntas que a equipa central leva. Quem gostaria de continuar a trabalhar numa delas?',
			},
			durationMs: minutes(5),
			rules: defaultRules('results'),
		},
		feedbackStep(5),
		{
			kind: 'closing',
			title: { lb: 'Ofschloss', fr: 'Clôture', de: 'Abschluss', en: 'Closing', pt: 'Encerramento' },
			prompt: {
				lb: 'Merci! Är Iddie sinn net verluer: Aus hinne ginn d’Erausfuerderunge fir de groussen Owend. Bréngt dann een mat.',
				fr: 'Merci ! Vos idées ne sont pas perdues : elles deviennent les défis de la grande soirée. Venez-y avec quelqu’un.',
				de: 'Danke! Ihre Ideen gehen nicht verloren: Aus ihnen werden die Herausforderungen für den großen Abend. Bringen Sie dann jemanden mit.',
				en: 'Thank you! Your ideas are not lost: they become the challenges of the big evening. Bring somebody along.',
				pt: 'Obrigado! As vossas ideias não se perdem: tornam-se os desafios da grande noite. Tragam alguém convosco.',
			},
			durationMs: minutes(10),
			rules: defaultRules('closing'),
		},
	],
};
