import { defaultRules, type StepRules } from '../step.ts';
import type { LocalizedText } from '../localized-text.ts';
import { minutes, type TemplateStep, type WorkshopTemplate } from '../workshop-template.ts';

import { feedbackStep } from './steps-in-common.ts';

/**
 * World Café (Brown and Isaacs): four to six people at a table, three rounds. People move on, the board and its host stay; the host
 * tells those who come what was said. What is written stays at its table until the harvest, which all see.
 */

const atTheTable: StepRules = {
	...defaultRules('collect'),
	edit: 'table',
	see: 'table',
	arrange: 'everybody',
	names: 'hidden',
	screen: 'prompt',
};

function round(title: LocalizedText, prompt: LocalizedText): TemplateStep {
	return { kind: 'collect', title, prompt, durationMs: minutes(20), rules: atTheTable };
}

function changeOfTables(): TemplateStep {
	return {
		kind: 'break',
		title: {
			lb: 'Den Dësch wiesselen',
			fr: 'Changer de table',
			de: 'Tische wechseln',
			en: 'Change tables',
			pt: 'Mudar de mesa',
		},
		prompt: {
			lb: 'D’Gaaschtgeber bleiwe sëtzen, all déi aner wiesselen. Gitt op verschidden Dëscher a wielt um Handy Ären neien Dësch.',
			fr: 'L’hôte reste assis, toutes les autres personnes changent. Dispersez-vous et choisissez votre nouvelle table sur le téléphone.',
			de: 'Wer Gastgeberin oder Gastgeber ist, bleibt sitzen, alle anderen wechseln. Verteilen Sie sich und wählen Sie am Handy Ihren neuen Tisch.',
			en: 'The host stays seated, everybody else moves. Scatter to different tables and choose your new one on your phone.',
			pt: 'Quem recebe fica sentado, todas as outras pessoas mudam. Espalhem-se e escolham a nova mesa no telemóvel.',
		},
		durationMs: minutes(3),
		rules: { ...defaultRules('break'), see: 'table', screen: 'prompt' },
	};
}

function recap(): TemplateStep {
	return {
		kind: 'discuss',
		title: {
			lb: 'Wat bis elo gesot gouf',
			fr: 'Ce qui s’est dit',
			de: 'Was bisher gesagt wurde',
			en: 'What was said so far',
			pt: 'O que já se disse',
		},
		prompt: {
			lb: 'D’Gaaschtgeberin oder de Gaaschtgeber erzielt an dräi Minutten, wat op dëser Tafel steet. Déi Nei bréngen derbäi, wat si vun hirem Dësch matbréngen.',
			fr: 'L’hôte raconte en trois minutes ce qui se trouve sur ce tableau. Les nouveaux venus ajoutent ce qu’ils apportent de leur table.',
			de: 'Wer den Tisch hütet, erzählt in drei Minuten, was auf dieser Tafel steht. Die Neuen ergänzen, was sie von ihrem Tisch mitbringen.',
			en: 'The host tells in three minutes what stands on this board. Those who have come add what they bring from their table.',
			pt: 'Quem recebe conta em três minutos o que está neste quadro. Quem chega acrescenta o que traz da sua mesa.',
		},
		durationMs: minutes(3),
		rules: { ...defaultRules('discuss'), edit: 'table', see: 'table', names: 'hidden', screen: 'prompt' },
	};
}

export const worldCafeTemplate: WorkshopTemplate = {
	name: { lb: 'World-Café', fr: 'World Café', de: 'World-Café', en: 'World Café', pt: 'World Café' },
	description: {
		lb: 'Véier bis sechs Leit op den Dësch, dräi Ronnen: d’Leit wiesselen, d’Tafel an hire Gaaschtgeber bleiwen, zum Schluss d’Recolte. An zwou Stonnen.',
		fr: 'Quatre à six personnes par table, trois tours : on change de table, le tableau et son hôte restent, puis vient la récolte. En deux heures.',
		de: 'Vier bis sechs Personen pro Tisch, drei Runden: Die Menschen wechseln, die Tafel und wer sie hütet bleiben, am Ende die Ernte. In zwei Stunden.',
		en: 'Four to six people a table, three rounds: people move on, the board and its host stay, and then the harvest. In two hours.',
		pt: 'Quatro a seis pessoas por mesa, três rondas: as pessoas mudam, o quadro e quem recebe ficam, e no fim a colheita. Em duas horas.',
	},
	usualTables: 5,
	steps: [
		{
			kind: 'welcome',
			title: { lb: 'Wëllkomm', fr: 'Bienvenue', de: 'Willkommen', en: 'Welcome', pt: 'Boas-vindas' },
			prompt: {
				lb: 'Véier bis sechs Leit op den Dësch. Stellt Iech kuerz vir a maacht aus, wien als Gaaschtgeber bis zum Schluss un dësem Dësch bleift.',
				fr: 'Quatre à six personnes par table. Présentez-vous en deux mots et décidez qui sera l’hôte et restera à cette table jusqu’au bout.',
				de: 'Vier bis sechs Personen pro Tisch. Stellen Sie sich kurz vor und machen Sie aus, wer diesen Tisch hütet und bis zum Schluss bleibt.',
				en: 'Four to six people a table. Introduce yourselves briefly and agree who is the host and stays at this table until the end.',
				pt: 'Quatro a seis pessoas por mesa. Apresentem-se em poucas palavras e combinem quem recebe e fica nesta mesa até ao fim.',
			},
			durationMs: minutes(10),
			rules: defaultRules('welcome'),
		},
		round(
			{ lb: 'Éischt Ronn', fr: 'Premier tour', de: 'Erste Runde', en: 'First round', pt: 'Primeira ronda' },
			{
				lb: 'Wat beweegt Iech bei dëser Fro? Erzielt, lauschtert a schreift op d’Tafel, wat soll bleiwen.',
				fr: 'Qu’est-ce qui vous touche dans cette question ? Racontez, écoutez et notez sur le tableau ce qui doit rester.',
				de: 'Was bewegt Sie an dieser Frage? Erzählen Sie, hören Sie zu und schreiben Sie auf die Tafel, was bleiben soll.',
				en: 'What moves you about this question? Tell, listen and write on the board what should stay.',
				pt: 'O que vos toca nesta pergunta? Contem, ouçam e escrevam no quadro o que deve ficar.',
			},
		),
		changeOfTables(),
		recap(),
		round(
			{ lb: 'Zweet Ronn', fr: 'Deuxième tour', de: 'Zweite Runde', en: 'Second round', pt: 'Segunda ronda' },
			{
				lb: 'Baut op deem op, wat schonn dosteet. Wou gesitt Dir Verbindungen zu deem, wat Dir virdru gehéiert hutt?',
				fr: 'Construisez sur ce qui est déjà là. Quels liens voyez-vous avec ce que vous avez entendu avant ?',
				de: 'Bauen Sie auf dem auf, was schon dasteht. Welche Verbindungen sehen Sie zu dem, was Sie vorher gehört haben?',
				en: 'Build on what is already there. What links do you see to what you heard before?',
				pt: 'Partam do que já lá está. Que ligações veem com o que ouviram antes?',
			},
		),
		changeOfTables(),
		recap(),
		round(
			{ lb: 'Drëtt Ronn', fr: 'Troisième tour', de: 'Dritte Runde', en: 'Third round', pt: 'Terceira ronda' },
			{
				lb: 'Wat ass nach net gesot? Wéi eng Fro steet hannert deenen aneren?',
				fr: 'Qu’est-ce qui n’a pas encore été dit ? Quelle question se cache derrière les autres ?',
				de: 'Was ist noch nicht gesagt? Welche Frage steht hinter den anderen?',
				en: 'What has not been said yet? Which question lies behind the others?',
				pt: 'O que ainda não foi dito? Que pergunta está por trás das outras?',
			},
		),
		{
			kind: 'group',
			title: {
				lb: 'Muster sichen',
				fr: 'Repérer les motifs',
				de: 'Muster suchen',
				en: 'Look for patterns',
				pt: 'Procurar padrões',
			},
			prompt: {
				lb: 'Wat kënnt ëmmer erëm? Leet et zesummen a gitt de Gruppen en Numm.',
				fr: 'Qu’est-ce qui revient toujours ? Rapprochez-le et nommez les groupes.',
				de: 'Was kehrt immer wieder? Legen Sie es zusammen und geben Sie den Gruppen einen Namen.',
				en: 'What keeps coming back? Put it together and name the groups.',
				pt: 'O que volta sempre? Juntem e deem nome aos grupos.',
			},
			durationMs: minutes(8),
			rules: { ...defaultRules('group'), edit: 'table', see: 'table', names: 'hidden', screen: 'prompt' },
		},
		{
			kind: 'collect',
			title: { lb: 'Recolte', fr: 'Récolte', de: 'Ernte', en: 'Harvest', pt: 'Colheita' },
			prompt: {
				lb: 'All Dësch bréngt zwou bis dräi Saache fir jiddereen: schreift se op déi gemeinsam Tafel. Dir gesitt se elo all.',
				fr: 'Chaque table apporte deux ou trois choses à toute la salle : écrivez-les sur le tableau commun. Tout le monde les voit maintenant.',
				de: 'Jeder Tisch bringt zwei bis drei Dinge für alle mit: Schreiben Sie sie auf die gemeinsame Tafel. Jetzt sehen alle alles.',
				en: 'Each table brings two or three things for everybody: write them on the common board. Now all see all of it.',
				pt: 'Cada mesa traz duas ou três coisas para toda a sala: escrevam-nas no quadro comum. Agora toda a gente vê tudo.',
			},
			durationMs: minutes(15),
			rules: { ...defaultRules('collect'), board: 'plenary', names: 'hidden', screen: 'wall' },
		},
		feedbackStep(5),
		{
			kind: 'closing',
			title: { lb: 'Ofschloss', fr: 'Clôture', de: 'Abschluss', en: 'Closing', pt: 'Encerramento' },
			prompt: {
				lb: 'Merci un d’Gaaschtgeber an un Iech alleguer! Wat huelt Dir mat heem, a mat wiem wëllt Dir weiderschwätzen?',
				fr: 'Merci aux hôtes et à vous ! Qu’emportez-vous, et avec qui voulez-vous continuer la conversation ?',
				de: 'Danke an alle, die einen Tisch gehütet haben, und an Sie! Was nehmen Sie mit, und mit wem wollen Sie weiterreden?',
				en: 'Thanks to the hosts and to you all! What do you take home, and with whom do you want to go on talking?',
				pt: 'Obrigado a quem recebeu e a todas as pessoas! O que levam convosco, e com quem querem continuar a conversar?',
			},
			durationMs: minutes(10),
			rules: defaultRules('closing'),
		},
	],
};
