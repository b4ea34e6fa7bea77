//! Who works there, and who are the clients: four languages, names as they are written.

use jiff::civil::Date;

use crate::{
    day,
    dice::{Dice, Stream},
    settings::Settings,
};

#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) manager: Option<i64>,
    pub(crate) team: &'static str,
    pub(crate) language: &'static str,
    pub(crate) timezone: &'static str,
}

#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) language: &'static str,
    pub(crate) account_owner: i64,
    /// The best clients bought a car; the others only have theirs repaired.
    pub(crate) best: bool,
    /// How many people at the client the file names, and when it was last brought up to date.
    pub(crate) named_people: i64,
    pub(crate) file_updated: Date,
}

pub(crate) const DIRECTOR: i64 = 1;
/// Who takes orders and promises the day.
pub(crate) const ADVISORS: [i64; 6] = [4, 5, 6, 7, 8, 9];
/// Who sells cars and keeps in touch with the best clients.
pub(crate) const SELLERS: [i64; 3] = [10, 11, 12];

type Row = (i64, &'static str, &'static str, Option<i64>, &'static str, &'static str, &'static str);

const STAFF: [Row; 13] = [
    (DIRECTOR, "Карл Севелов", "karl.sevelov", None, "management", "bg", "Europe/Sofia"),
    (2, "Ирина Щербакова", "irina.shcherbakova", Some(DIRECTOR), "service", "ru", "Europe/Sofia"),
    (3, "Zoë O'Brien", "zoe.obrien", Some(DIRECTOR), "sales", "en", "Europe/Sofia"),
    (4, "Георги Въжаров", "georgi.vazharov", Some(2), "service", "bg", "Europe/Sofia"),
    (5, "Jüri Õunapuu", "juri.ounapuu", Some(2), "service", "et", "Europe/Tallinn"),
    (6, "Алёна Ёлкина", "alyona.yolkina", Some(2), "service", "ru", "Europe/Sofia"),
    (7, "Десислава Ангелова-Йорданова", "desislava.angelova", Some(2), "service", "bg", "Europe/Sofia"),
    (8, "Siân Llewellyn", "sian.llewellyn", Some(2), "body shop", "en", "Europe/Sofia"),
    (9, "Мирослав Щерев", "miroslav.shterev", Some(2), "body shop", "bg", "Europe/Sofia"),
    (10, "Ülle Kõiv", "ulle.koiv", Some(3), "sales", "et", "Europe/Tallinn"),
    (11, "François Müller-Łoś", "francois.muller", Some(3), "sales", "en", "Europe/Sofia"),
    (12, "Пламен Ъглев", "plamen.aglev", Some(3), "sales", "bg", "Europe/Sofia"),
    (13, "Ольга Цветкова", "olga.tsvetkova", Some(DIRECTOR), "parts", "ru", "Europe/Sofia"),
];

pub(crate) fn staff() -> Vec<Person> {
    let person = |(id, name, email, manager, team, language, timezone): Row| Person {
        id,
        name,
        email,
        manager,
        team,
        language,
        timezone,
    };
    STAFF.into_iter().map(person).collect()
}

/// First names, family names, and the language in which the client is written to.
const NAMES: [(&str, [&str; 8], [&str; 8]); 4] = [
    (
        "bg",
        ["Иван", "Мария", "Петър", "Елена", "Стоян", "Цветана", "Явор", "Ъглина"],
        ["Петров", "Димитрова-Шопова", "Желязков", "Щилянов", "Юруков", "Чобанова", "Къдрев", "Хаджийски"],
    ),
    (
        "ru",
        ["Пётр", "Юлия", "Сергей", "Фёкла", "Эдуард", "Жанна", "Артём", "Ксения"],
        ["Щукин", "Ёжиков", "Цой", "Объедкова", "Шмелёв", "Эйхенбаум", "Ильин", "Яблочкина"],
    ),
    (
        "et",
        ["Jaan", "Õnne", "Märt", "Külli", "Ženja", "Tõnu", "Aigi", "Rün"],
        ["Tamm", "Mägi", "Põldmäe", "Šults", "Öövel", "Käärik", "Jäääär", "Vahtra"],
    ),
    (
        "en",
        ["Aoife", "José", "Chloë", "Niamh", "Søren", "Anaïs", "Bob", "Þóra"],
        ["O'Neill", "Ångström", "Núñez", "Smith", "Brontë", "D'Arcy", "van der Berg", "Grüß"],
    ),
];

pub(crate) fn clients(settings: &Settings) -> Vec<Client> {
    let mut dice = Dice::new(settings.seed, Stream::People);
    // Each fifth from the first on: rounded up, as the best 20 % are counted.
    (1..=settings.clients).map(|id| client(id, id % 5 == 1, settings, &mut dice)).collect()
}

fn client(id: u32, best: bool, settings: &Settings, dice: &mut Dice) -> Client {
    let (language, first_names, families) = dice.pick(&NAMES);
    let company = id.is_multiple_of(9);
    let name = format!("{} {}", dice.pick(&first_names), dice.pick(&families));
    Client {
        id: id.into(),
        // Several clients may bear one name: that is why they have numbers.
        name: if company { format!("{name} & Co") } else { name },
        email: format!("client{id}@clients.example"),
        language,
        account_owner: dice.pick(&SELLERS),
        best,
        named_people: if company { dice.between(1, 4) } else { 1 },
        file_updated: day::plus(settings.until, -dice.between(5, 500)),
    }
}
