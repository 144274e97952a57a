package dev.pequel.profile.sample;

import java.util.List;

/** Names, places and products of which the sample population is made. */
final class Catalog {

    record Place(String country, String state, String city, String postalCode, String dialCode, String currency) {}

    record Product(String sku, String name, String category, int cents) {}

    static final List<String> FEMALE_NAMES = List.of(
            "Ada",
            "Aisha",
            "Ana",
            "Anna",
            "Chloe",
            "Clara",
            "Elena",
            "Emma",
            "Fatima",
            "Freya",
            "Grace",
            "Hanna",
            "Ines",
            "Isabella",
            "Julia",
            "Laura",
            "Lena",
            "Lucia",
            "Maria",
            "Mei",
            "Mia",
            "Nadia",
            "Nora",
            "Olivia",
            "Priya",
            "Sara",
            "Sofia",
            "Yuki",
            "Zoe");

    static final List<String> MALE_NAMES = List.of(
            "Aaron", "Ahmed", "Alex", "Antonio", "Ben", "Carlos", "Daniel", "David", "Elias", "Felix", "Hugo", "Ivan",
            "Jack", "James", "Joe", "John", "Jonas", "Kenji", "Leo", "Liam", "Luca", "Mateo", "Max", "Noah", "Omar",
            "Paul", "Raj", "Samuel", "Thomas");

    static final List<String> LAST_NAMES = List.of(
            "Adams", "Alvarez", "Bauer", "Brown", "Chen", "Costa", "Dubois", "Evans", "Fischer", "Garcia", "Haddad",
            "Ito", "Jansen", "Johnson", "Kaur", "Keller", "Kim", "Lean", "Lopez", "Martin", "Meyer", "Moreau", "Nguyen",
            "Novak", "O'Brien", "Patel", "Romano", "Rossi", "Sato", "Silva", "Smith", "Taylor", "Weber", "Wilson",
            "Young");

    static final List<String> STREETS = List.of(
            "Church Street",
            "High Street",
            "Hill Road",
            "Lake Avenue",
            "Main Street",
            "Mill Lane",
            "Park Avenue",
            "Station Road");

    static final Weighted<Place> PLACES = Weighted.of(9, new Place("US", "CA", "San Jose", "95112", "+1", "USD"))
            .and(6, new Place("US", "CA", "Los Angeles", "90012", "+1", "USD"))
            .and(8, new Place("US", "NY", "New York", "10001", "+1", "USD"))
            .and(5, new Place("US", "TX", "Austin", "73301", "+1", "USD"))
            .and(4, new Place("US", "WA", "Seattle", "98101", "+1", "USD"))
            .and(3, new Place("US", "UT", "Lehi", "84043", "+1", "USD"))
            .and(4, new Place("US", "NV", "Las Vegas", "89101", "+1", "USD"))
            .and(5, new Place("CA", "ON", "Toronto", "M5H 2N2", "+1", "CAD"))
            .and(3, new Place("CA", "BC", "Vancouver", "V5K 0A1", "+1", "CAD"))
            .and(8, new Place("GB", "ENG", "London", "EC1A 1BB", "+44", "GBP"))
            .and(2, new Place("GB", "SCT", "Edinburgh", "EH1 1YZ", "+44", "GBP"))
            .and(5, new Place("DE", "BE", "Berlin", "10115", "+49", "EUR"))
            .and(4, new Place("DE", "BY", "München", "80331", "+49", "EUR"))
            .and(6, new Place("FR", "IDF", "Paris", "75001", "+33", "EUR"))
            .and(3, new Place("FR", "ARA", "Lyon", "69001", "+33", "EUR"))
            .and(4, new Place("ES", "MD", "Madrid", "28001", "+34", "EUR"))
            .and(4, new Place("IT", "RM", "Roma", "00118", "+39", "EUR"))
            .and(3, new Place("NL", "NH", "Amsterdam", "1012", "+31", "EUR"))
            .and(4, new Place("AU", "NSW", "Sydney", "2000", "+61", "AUD"))
            .and(4, new Place("JP", "13", "Tokyo", "100-0001", "+81", "JPY"))
            .and(3, new Place("BR", "SP", "São Paulo", "01000-000", "+55", "BRL"))
            .and(3, new Place("IN", "KA", "Bengaluru", "560001", "+91", "INR"))
            .build();

    static final Weighted<String> LOYALTY_TIERS = Weighted.of(50, "bronze")
            .and(30, "silver")
            .and(15, "gold")
            .and(5, "platinum")
            .build();

    static final Weighted<String> CONTACT_CHANNELS =
            Weighted.of(6, "email").and(2, "sms").and(1, "push").and(1, "phone").build();

    static final Weighted<String> DEVICES =
            Weighted.of(5, "mobile").and(4, "desktop").and(1, "tablet").build();

    static final List<Product> PRODUCTS = List.of(
            new Product("SH-100", "Trail running shoe", "shoes", 11990),
            new Product("SH-200", "Road running shoe", "shoes", 13990),
            new Product("SH-300", "Hiking boot", "shoes", 18900),
            new Product("JK-100", "Rain jacket", "jackets", 15900),
            new Product("JK-200", "Down jacket", "jackets", 24900),
            new Product("SK-100", "Wool socks", "accessories", 1490),
            new Product("CP-100", "Cap", "accessories", 1990),
            new Product("BT-100", "Water bottle", "accessories", 2450),
            new Product("BP-100", "Backpack 20 l", "backpacks", 8990),
            new Product("BP-200", "Backpack 60 l", "backpacks", 21900),
            new Product("TN-100", "Tent for two", "camping", 29900),
            new Product("TN-200", "Tent for four", "camping", 44900),
            new Product("SB-100", "Sleeping bag", "camping", 17900),
            new Product("MT-100", "Sleeping mat", "camping", 9990),
            new Product("LP-100", "Head lamp", "electronics", 4990),
            new Product("WT-100", "Sports watch", "electronics", 22900),
            new Product("GC-025", "Gift card 25", "gift cards", 2500),
            new Product("GC-100", "Gift card 100", "gift cards", 10000));

    private Catalog() {}
}
