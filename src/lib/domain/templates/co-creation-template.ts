import { defaultRules } from '../step.ts';
import { minutes, type WorkshopTemplate } from '../workshop-template.ts';

import { breakStep, feedbackStep } from './steps-in-common.ts';

/**
 * The evening at tables as it is held since 2016: dream, diverge, group, choose one idea, write its project sheet, pitch, sign up.
 * Three hours with a break; the durations are the middle of what facilitators report.
 */
export const coCreationTemplate: WorkshopTemplate = {
	name: {
		lb: 'Co-Kreatiounsowend',
		fr: 'Soirée de co-création',
		de: 'Co-Kreationsabend',
		en: 'Co-creation evening',
		pt: 'Noite de cocriação',
	},
	description: {
		lb: 'Dëscher vun aacht bis zwielef Leit: vum Dram bis bei d’Projetsblat, an dräi Stonne mat enger Paus.',
		fr: 'Des tables de huit à douze personnes : du rêve à la fiche projet, en trois heures, pause comprise.',
		de: 'Tische mit acht bis zwölf Personen: vom Traum zum Projektblatt, in drei Stunden mit Pause.',
		en: 'Tables of eight to twelve people: from the dream to the project sheet, in three hours with a break.',
		pt: 'Mesas de oito a doze pessoas: do sonho à ficha de projeto, em três horas com intervalo.',
	},
	usualTables: 7,
	steps: [
		{
			kind: 'welcome',
			title: { lb: 'Wëllkomm', fr: 'Bienvenue', de: 'Willkommen', en: 'Welcome', pt: 'Boas-vindas' },
			prompt: {
				lb: 'Häerzlech wëllkomm! Stellt Iech mat Ärem Virnumm vir a sot an engem Saz, wat Iech haut den Owend heihi bruecht huet. Duerno liest een d’Erausfuerderung vum Dësch haart vir.',
				fr: 'Bienvenue à toutes et à tous ! Présentez-vous par votre prénom et dites en une phrase ce qui vous amène ce soir. Puis quelqu’un lit à voix haute le défi de la table.',
				de: 'Herzlich willkommen! Stellen Sie sich mit Vornamen vor und sagen Sie in einem Satz, was Sie heute herführt. Dann liest jemand die Herausforderung des Tisches laut vor.',
				en: 'Welcome, everyone! Tell each other your first name and, in one sentence, what brings you here tonight. Then somebody reads the table’s challenge aloud.',
				pt: 'Bem-vindas e bem-vindos! Digam o vosso nome e, numa frase, o que vos traz aqui esta noite. Depois, alguém lê em voz alta o desafio da mesa.',
			},
			durationMs: minutes(15),
			rules: defaultRules('welcome'),
		},
		{
			kind: 'collect',
			title: { lb: 'Dreemen', fr: 'Rêver', de: 'Träumen', en: 'Dream', pt: 'Sonhar' },
			prompt: {
				lb: 'An zéng Joer ass d’Erausfuerderung geléist. Wat gesitt, héiert a richt Dir? Schreift fir d’éischt jidderee fir sech, ee Gedanken op all Ziedel. Kee gesäit Är Ziedelen, ier mer weiderginn.',
				fr: 'Nous sommes dans dix ans et le défi est relevé. Que voyez-vous, qu’entendez-vous, que sentez-vous ? Écrivez d’abord en silence, une pensée par note. Personne ne voit vos notes avant la suite.',
				de: 'In zehn Jahren ist die Herausforderung gelöst. Was sehen, hören, riechen Sie? Schreiben Sie zuerst still für sich, einen Gedanken pro Zettel. Niemand sieht Ihre Zettel, bevor es weitergeht.',
				en: 'Ten years from now the challenge is solved. What do you see, hear, smell? Write in silence first, one thought a note. Nobody sees your notes until we move on.',
				pt: 'Daqui a dez anos, o desafio está resolvido. O que veem, ouvem, cheiram? Escrevam primeiro em silêncio, um pensamento por nota. Ninguém vê as vossas notas antes de avançarmos.',
			},
			durationMs: minutes(10),
			rules: { ...defaultRules('collect'), intake: 'private', names: 'hidden' },
		},
		{
			kind: 'collect',
			title: { lb: 'Iddie sammelen', fr: 'Imaginer', de: 'Ideen sammeln', en: 'Gather ideas', pt: 'Recolher ideias' },
			prompt: {
				lb: 'Elo d’Äntwerten: sou vill wéi méiglech, och verréckt Iddien. Baut op den Iddie vun deenen aneren op: „Jo, an …“ Bewäert gëtt méi spéit.',
				fr: 'Place aux réponses : le plus possible, même les plus folles. Rebondissez sur les idées des autres : « Oui, et… » On jugera plus tard.',
				de: 'Jetzt die Antworten: so viele wie möglich, auch verrückte. Bauen Sie auf den Ideen der anderen auf: „Ja, und …“ Bewertet wird später.',
				en: 'Now the answers: as many as you can, wild ones too. Build on each other’s ideas: “Yes, and …” Judging comes later.',
				pt: 'Agora as respostas: tantas quantas puderem, mesmo as mais loucas. Partam das ideias dos outros: «Sim, e…» Avaliar fica para depois.',
			},
			durationMs: minutes(25),
			rules: defaultRules('collect'),
		},
		{
			kind: 'group',
			title: { lb: 'Gruppéieren', fr: 'Regrouper', de: 'Gruppieren', en: 'Group', pt: 'Agrupar' },
			prompt: {
				lb: 'Wat gehéiert zesummen? Leet ähnlech Iddie beieneen a gitt all Grupp en Numm, dee jidderee versteet.',
				fr: 'Qu’est-ce qui va ensemble ? Rapprochez les idées semblables et donnez à chaque groupe un nom que tout le monde comprend.',
				de: 'Was gehört zusammen? Legen Sie ähnliche Ideen zueinander und geben Sie jeder Gruppe einen Namen, den alle verstehen.',
				en: 'What belongs together? Put similar ideas side by side and give each group a name that everybody understands.',
				pt: 'O que combina? Juntem as ideias parecidas e deem a cada grupo um nome que toda a gente entenda.',
			},
			durationMs: minutes(10),
			rules: defaultRules('group'),
		},
		{
			kind: 'choose',
			title: { lb: 'Eraussichen', fr: 'Retenir', de: 'Auswählen', en: 'Shortlist', pt: 'Selecionar' },
			prompt: {
				lb: 'Wéi dräi bis fënnef Iddien droen am wäitsten? Leet nach zesummen, wat datselwecht seet, a réckelt déi stäerkst an de Grupp ganz vir.',
				fr: 'Quelles sont les trois à cinq idées qui portent le plus loin ? Réunissez celles qui disent la même chose et placez les plus fortes dans le premier groupe.',
				de: 'Welche drei bis fünf Ideen tragen am weitesten? Legen Sie noch zusammen, was dasselbe sagt, und schieben Sie die stärksten in die erste Gruppe.',
				en: 'Which three to five ideas carry furthest? Put together what says the same, and move the strongest into the first group.',
				pt: 'Quais são as três a cinco ideias que levam mais longe? Juntem as que dizem o mesmo e ponham as mais fortes no primeiro grupo.',
			},
			durationMs: minutes(7),
			rules: { ...defaultRules('choose'), vote: false },
		},
		{
			kind: 'vote',
			title: { lb: 'Wielen', fr: 'Choisir', de: 'Wählen', en: 'Choose', pt: 'Escolher' },
			prompt: {
				lb: 'Mat wéi enger Iddi mécht den Dësch haut weider? Verdeelt Är Punkten, alleguer zur selwechter Zäit a jidderee fir sech. Dir kënnt änneren, bis d’Ofstëmmung zougemaach gëtt.',
				fr: 'Avec quelle idée votre table continue-t-elle ce soir ? Posez vos points, toutes et tous en même temps, chaque personne pour soi. Vous pouvez changer jusqu’à la clôture du vote.',
				de: 'Mit welcher Idee macht der Tisch heute weiter? Vergeben Sie Ihre Punkte, alle gleichzeitig und jede Person für sich. Ändern geht, bis die Abstimmung geschlossen wird.',
				en: 'Which idea does your table carry on tonight? Place your dots, all at the same time and each for yourself. You can change them until the vote is closed.',
				pt: 'Com que ideia continua a vossa mesa esta noite? Distribuam os pontos, ao mesmo tempo e cada pessoa por si. Podem mudar até a votação fechar.',
			},
			durationMs: minutes(5),
			rules: defaultRules('vote'),
		},
		{
			kind: 'results',
			title: { lb: 'Resultater', fr: 'Résultats', de: 'Ergebnisse', en: 'Results', pt: 'Resultados' },
			prompt: {
				lb: 'Dat huet de Sall gewielt. Wat iwwerrascht Iech? Haalt an e puer Wierder fest, mat wéi enger Iddi Dir weidermaacht a firwat.',
				fr: 'Voici ce que la salle a choisi. Qu’est-ce qui vous surprend ? Dites en quelques mots quelle idée vous gardez, et pourquoi.',
				de: 'Das hat der Saal gewählt. Was überrascht Sie? Halten Sie in wenigen Worten fest, mit welcher Idee Sie weitermachen und warum.',
				en: 'Here is what the room has chosen. What surprises you? Say in a few words which idea you carry on, and why.',
				pt: 'Eis o que a sala escolheu. O que vos surpreende? Digam em poucas palavras que ideia levam avante e porquê.',
			},
			durationMs: minutes(5),
			rules: defaultRules('results'),
		},
		breakStep(15),
		{
			kind: 'sheet',
			title: { lb: 'Projetsblat', fr: 'Fiche projet', de: 'Projektblatt', en: 'Project sheet', pt: 'Ficha de projeto' },
			prompt: {
				lb: 'Aus der Iddi gëtt e Projet: den Dram, de Virschlag, fir wien, vu wiem gedroen, wat et brauch an déi éischt Schrëtt. Schreift zesummen, jidderee gesäit all Wuert.',
				fr: 'L’idée devient projet : le rêve, la proposition, pour qui, porté par qui, ce qu’il faut et les premiers pas. Écrivez ensemble, tout le monde voit chaque mot.',
				de: 'Aus der Idee wird ein Projekt: der Traum, der Vorschlag, für wen, getragen von wem, was es braucht und die ersten Schritte. Schreiben Sie gemeinsam, alle sehen jedes Wort.',
				en: 'The idea becomes a project: the dream, the proposal, who it is for, who could carry it, what it needs and the first steps. Write together; everybody sees every word.',
				pt: 'A ideia torna-se projeto: o sonho, a proposta, para quem, com quem, o que é preciso e os primeiros passos. Escrevam em conjunto; toda a gente vê cada palavra.',
			},
			durationMs: minutes(40),
			rules: defaultRules('sheet'),
		},
		{
			kind: 'sheet',
			title: {
				lb: 'Virstelle prouwen',
				fr: 'Préparer la présentation',
				de: 'Vorstellung proben',
				en: 'Rehearse the pitch',
				pt: 'Ensaiar a apresentação',
			},
			prompt: {
				lb: 'Zwou Minutten op der Bühn: Wien schwätzt, a wat ass den éischte Saz? Sot et eemol haart um Dësch, dann ass et gutt.',
				fr: 'Deux minutes devant la salle : qui parle, et quelle est la première phrase ? Dites-la une fois à voix haute à la table, et vous voilà prêts.',
				de: 'Zwei Minuten vor dem Saal: Wer spricht, und wie lautet der erste Satz? Einmal laut am Tisch gesagt, dann sitzt er.',
				en: 'Two minutes in front of the room: who speaks, and what is the first sentence? Say it aloud once at the table, and you are ready.',
				pt: 'Dois minutos diante da sala: quem fala, e qual é a primeira frase? Digam-na uma vez em voz alta à mesa e estão prontos.',
			},
			durationMs: minutes(5),
			rules: defaultRules('sheet'),
		},
		{
			kind: 'pitch',
			title: { lb: 'Virstellen', fr: 'Présenter', de: 'Vorstellen', en: 'Pitch', pt: 'Apresentar' },
			prompt: {
				lb: 'All Dësch huet zwou Minutten: den Dram, d’Iddi, den nächste Schrëtt. Déi aner lauschteren no an iwwerleeën, wat si bäidroe kënnen.',
				fr: 'Chaque table a deux minutes : le rêve, l’idée, le prochain pas. Dans la salle, on écoute et on se demande ce qu’on pourrait apporter.',
				de: 'Jeder Tisch hat zwei Minuten: der Traum, die Idee, der nächste Schritt. Die anderen hören zu und überlegen, was sie beitragen können.',
				en: 'Each table has two minutes: the dream, the idea, the next step. The others listen and think what they could bring to it.',
				pt: 'Cada mesa tem dois minutos: o sonho, a ideia, o próximo passo. Quem ouve pensa no que poderia trazer.',
			},
			durationMs: minutes(20),
			rules: { ...defaultRules('pitch'), sheet: 'everybody', screen: 'pitch' },
		},
		{
			kind: 'found',
			title: {
				lb: 'Projete grënnen',
				fr: 'Lancer les projets',
				de: 'Projekte gründen',
				en: 'Found the projects',
				pt: 'Lançar os projetos',
			},
			prompt: {
				lb: 'Wéi ee Projet wëllt Dir d’nächst Joer gesinn? Schreift Iech op senger Säit an: matmaachen, hëllefen oder um Lafende bleiwen. E Projet däerf och ouni Projetsdréier ufänken.',
				fr: 'Quel projet aimeriez-vous voir exister l’an prochain ? Inscrivez-vous sur sa page : je participe, j’aide ou je suis l’actualité. Un projet peut commencer sans porteur ni porteuse.',
				de: 'Welches Projekt möchten Sie nächstes Jahr erleben? Tragen Sie sich auf seiner Seite ein: mitmachen, helfen oder auf dem Laufenden bleiben. Ein Projekt darf auch ohne Trägerin oder Träger beginnen.',
				en: 'Which project would you love to see next year? Sign up on its page: I join, I help, or keep me posted. A project may begin without a bearer.',
				pt: 'Que projeto gostariam de ver para o ano? Inscrevam-se na sua página: participo, ajudo ou quero acompanhar. Um projeto pode começar sem responsável.',
			},
			durationMs: minutes(10),
			rules: defaultRules('found'),
		},
		feedbackStep(5),
		{
			kind: 'closing',
			title: { lb: 'Ofschloss', fr: 'Clôture', de: 'Abschluss', en: 'Closing', pt: 'Encerramento' },
			prompt: {
				lb: 'Merci Iech alleguer! Ee Wuert an der Ronn: Wéi gitt Dir heem? Wat Dir geschriwwen hutt, bleift erhalen a kann nogelies ginn.',
				fr: 'Merci à vous ! Un mot à tour de rôle : comment repartez-vous ? Ce que vous avez écrit est conservé et pourra être relu.',
				de: 'Danke an alle! Ein Wort in der Runde: Wie gehen Sie nach Hause? Was Sie geschrieben haben, bleibt erhalten und kann nachgelesen werden.',
				en: 'Thank you all! One word around the table: how do you go home? What you have written is kept and can be read again.',
				pt: 'Muito obrigado a todas e a todos! Uma palavra à volta da mesa: como vão para casa? O que escreveram fica guardado e pode ser relido.',
			},
			durationMs: minutes(8),
			rules: defaultRules('closing'),
		},
	],
};
