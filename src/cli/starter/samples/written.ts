/** @file Texts to try Berth on. All of them were written for it: nobody has posted or said any. */

/** Two posts each, as people write them to a newsgroup, on fifteen topics; mixed by `samples`. */
export const posts: Readonly<Record<string, readonly string[]>> = {
  "space": [
    "Does anybody know when the next shuttle launch is planned? I heard NASA wants to put another satellite into a polar orbit this spring. The cost of launching a kilogram to low earth orbit has to come down before anyone builds a station on the moon.",
    "A probe that flies past Jupiter could use its gravity to reach Pluto years earlier. The fuel you save pays for a larger antenna. The pictures from the orbiter show craters on the lunar south pole that never see the sun. There might be ice there.",
  ],
  "hockey": [
    "What a game last night! The goalie stopped forty shots and we won in overtime. If they play like that we will see the Stanley Cup playoffs. He got five minutes for high sticking and the Penguins scored twice before the period was over.",
    "The Rangers need a defenseman who can move the puck. Their power play has not scored in six games. Detroit traded two wingers for a center. The NHL season is long, but I think the Leafs and the Bruins will finish ahead of them.",
  ],
  "baseball": [
    "His batting average is down but he still leads the league in walks. Put him in the lineup ahead of the second baseman. The Cubs and the Braves play a doubleheader on Sunday. I expect a lot of home runs if the wind blows out.",
    "The bullpen blew another lead in the ninth inning. We need a pitcher who can throw strikes with runners on base. The shortstop made two errors but hit a double and stole a base, so the fans forgave him. Best team of the season so far.",
  ],
  "cars": [
    "My car has 90,000 miles on it and the dealer says that the transmission fluid should be changed. Is it worth it, or should I trade it in? The clutch slips when I shift into third gear at highway speed. Has anybody had this with a Honda or Toyota?",
    "I test drove the new Ford with the V6 engine. Good brakes, but the seats are awful and the price of the sedan is too high. Can someone recommend tires for driving a small car in the snow? Mine has front wheel drive and the wheels spin on every hill.",
  ],
  "motorcycles": [
    "I dropped my bike in a wet corner yesterday. The helmet and leathers did their work, but the handlebars are bent. A dog chased my bike for half a mile. Do you slow down or twist the throttle and ride on?",
    "What should a new rider look at when buying a used BMW motorcycle? I ride to work every day, rain or shine. DoD number pending. Countersteering is easy: push the left bar and the bike leans left. Every rider does it, most of them do not know.",
  ],
  "medicine": [
    "My doctor says that the pain in my back is from a pinched nerve. Does anybody have experience with this treatment, or should patients try drugs first? Antibiotics do nothing against a virus. A physician who prescribes them for a cold does his patients no favor.",
    "Is there a study that shows whether this diet helps against migraine? The disease runs in my family and the symptoms get worse. The blood test showed a yeast infection in the patient, and the medication has side effects on the liver. What do physicians do then?",
  ],
  "encryption": [
    "If the government holds a copy of every key in escrow, then encryption with the Clipper chip protects nobody from the NSA. I use PGP to sign my mail. Anybody can check the signature with my public key, and nobody can read what is encrypted but the recipient.",
    "A cipher is only as good as its key. With 56 bits, DES can be broken by brute force on special hardware. The algorithm is secret, so cryptographers cannot analyze it. Why should we trust the security of a phone that uses it for privacy?",
  ],
  "electronics": [
    "I need a circuit that turns on a relay when the voltage drops below 11 volts. Would an op amp with a zener diode do? Where can I buy the chip for a small radio amplifier? The local electronics shop has only resistors and capacitors.",
    "The transistor gets hot although the current is only 200 mA. Should I put a resistor in series, or a bigger heat sink? Use a scope to look at the output of the circuit. The noise on the ground wire comes from the power supply.",
  ],
  "computer graphics": [
    "I am looking for an algorithm that tells whether a point lies inside a polygon. It should be fast enough for a 3D animation program. Ray tracing a scene with a thousand spheres takes hours. Is there graphics software that renders the image with texture and shading faster?",
    "Which program converts GIF images to TIFF? I have a library that reads JPEG files, but its colors come out wrong. How do I fit a Bezier curve to the points of a surface? Pointers to code on an ftp site or to a good book on graphics are welcome.",
  ],
  "Windows": [
    "After I installed the new drivers, Windows 3.1 hangs when I open File Manager. The swap file and win.ini look fine. Word for Windows prints every page twice on my laser printer since I changed the printer driver. Do I need another file from Microsoft?",
    "How do I change the font of the icons in Program Manager? I edited system.ini, and now Windows does not start from DOS. The mouse jumps in Windows but works under DOS. I am running version 3.1 with a video driver for my card.",
  ],
  "PC hardware": [
    "My 486 has two IDE drives, and the BIOS sees only the first. Which jumper makes a hard disk the slave of the other? The motherboard takes 30 pin SIMMs. Can I mix 1 MB and 4 MB of memory on a 386 board with this BIOS?",
    "Is a SCSI controller for the VLB bus faster than one for the ISA bus? I want to add a tape drive and a CD ROM to my PC. The floppy controller and the modem share an IRQ. I set the jumpers on the card to another port, and now the PC does not boot.",
  ],
  "Mac hardware": [
    "Does the Quadra 700 take the same SIMMs as the Mac IIci? I want to add memory before I install System 7. Which monitor works with the built in video of a Centris 610? The Apple display costs too much for my Mac.",
    "My PowerBook does not wake up when the battery is low. Apple told me to reset the power manager. The external drive on the SCSI port of my Mac SE does not mount. Is the terminator missing, or does Apple need another driver?",
  ],
  "for sale": [
    "For sale: a stereo receiver, in excellent condition, with the manual. Asking $120 or best offer, shipping not included. Please email me. Brand new in the box: a keyboard and a printer cable, never used. Best offer over $40 takes both, buyer pays shipping.",
    "I am selling my old games, five dollars each, or all for $30. Will ship anywhere. Send me an offer. Moving sale: desk $50, lamp $10, bookcase $25, mint condition. Price is negotiable, pick up only, call or email.",
  ],
  "Christianity": [
    "What does Paul mean when he writes of faith and grace in his letter? Our church read the verse last Sunday, and we could not agree. Catholics and Protestants read the same scripture but differ on the authority of the church. May the Holy Spirit guide us to God.",
    "The Bible tells that Jesus forgave those who crucified him. To follow Christ is to love the sinner and pray for him. I pray every morning. God does not always answer as I wish, but the Lord has never left me, and heaven is his promise to Christians.",
  ],
  "guns": [
    "A law that bans handguns takes firearms from honest citizens, while criminals carry guns anyway. That is what the second amendment is about. The bill would require a waiting period for every weapon. Opponents of gun control say that it does not reduce crime.",
    "Before you buy a rifle, take a course in firearm safety. A gun belongs in a safe, and the ammunition in another. The police report counts how often a gun was used in self defense. How many of the homicides were committed with firearms?",
  ],
}; // prettier-ignore

/** Three sentences each, in ten languages. */
export const sentences: Readonly<Record<string, readonly string[]>> = {
  "German": [
    "Am Morgen fährt der Zug durch die Berge, und alle schauen aus dem Fenster auf den See.",
    "Wir haben nicht gewusst, dass das Geschäft am Sonntag geschlossen ist.",
    "Jeder, der will, kann mit uns kommen und an der Reise teilnehmen.",
  ],
  "Dutch": [
    "Het regent al de hele week en de kinderen willen toch met de fiets naar school.",
    "Iedereen die dat wil kan met ons naar de markt gaan om brood en kaas te kopen.",
    "Wij hebben niet geweten dat de winkel op zondag gesloten is.",
  ],
  "Swedish": [
    "På sommaren är det ljust till sent på kvällen och alla vill vara ute vid sjön.",
    "Vi visste inte att affären var stängd på söndagen, men det gick bra ändå.",
    "Var och en som vill kan följa med oss och ha rätt att välja plats.",
  ],
  "French": [
    "Le matin, le train passe dans les montagnes et tout le monde regarde par la fenêtre.",
    "Nous ne savions pas que le magasin est fermé le dimanche.",
    "Toute personne qui le veut peut venir avec nous et prendre part au voyage.",
  ],
  "Spanish": [
    "Por la mañana el tren pasa por las montañas y todos miran por la ventana.",
    "No sabíamos que la tienda está cerrada los domingos, pero no importa.",
    "Toda persona que lo quiera puede venir con nosotros y tomar parte en el viaje.",
  ],
  "Italian": [
    "La mattina il treno passa tra le montagne e tutti guardano dalla finestra.",
    "Non sapevamo che il negozio è chiuso la domenica, ma non importa.",
    "Ogni persona che lo vuole può venire con noi e prendere parte al viaggio della città.",
  ],
  "Portuguese": [
    "De manhã o comboio passa pelas montanhas e todos olham pela janela.",
    "Não sabíamos que a loja está fechada ao domingo, mas não faz mal.",
    "Toda a pessoa que quiser pode vir connosco e tomar parte na viagem.",
  ],
  "Polish": [
    "Rano pociąg jedzie przez góry i wszyscy patrzą przez okno na jezioro.",
    "Nie wiedzieliśmy, że sklep jest zamknięty w niedzielę.",
    "Każda osoba, która chce, może pójść z nami i ma prawo do wyboru miejsca.",
  ],
  "Russian": [
    "Утром поезд идёт через горы, и все смотрят в окно на озеро.",
    "Мы не знали, что магазин закрыт в воскресенье.",
    "Каждый человек, который хочет, может пойти с нами и имеет право выбрать место.",
  ],
  "Chinese": [
    "早上火车穿过群山，人人都望着窗外的湖水。",
    "我们不知道商店星期天不开门。",
    "任何人如果愿意，都有权利和我们一起参加旅行。",
  ],
}; // prettier-ignore
