#include "sqlite_support.hpp"

#include <support/bulk_items.hpp>

using namespace sqlite_tests;
using namespace support;

TEST_CASE("sqlite bulk: any number of rows, each once and as it was") {
    for (const int count : {0, 1, 9, 10, 11, 99, 100, 101, 256, 1234}) {
        const auto engine = open("sqlite://");
        az::metadata_of<item>().create_all(engine);
        auto c = engine.connect();
        const auto in = items(count);
        CHECK(c.execute(az::insert<item>(), in).affected_rows() == count);
        const auto out = c.scalars(az::select<item>().order_by(az::col<&item::id>));
        REQUIRE(out.size() == in.size());
        for (std::size_t i = 0; i < in.size(); ++i) {
            REQUIRE(out[i].id == static_cast<std::int64_t>(i) + 1);
            REQUIRE(out[i].name == in[i].name);
            REQUIRE(out[i].weight == in[i].weight);
        }
    }
}

TEST_CASE("sqlite bulk: generated keys come back in the order of the rows") {
    const auto engine = open("sqlite://");
    az::metadata_of<item>().create_all(engine);
    auto c = engine.connect();
    run(c, "INSERT INTO item (id, name) VALUES (1000, 'before')");
    const auto keys = c.execute(az::insert<item>().returning(az::col<&item::id>, az::col<&item::name>), items(345)).all();
    REQUIRE(keys.size() == 345);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        REQUIRE(std::get<0>(keys[i]) == 1001 + static_cast<std::int64_t>(i));
        REQUIRE(std::get<1>(keys[i]) == "item " + std::to_string(i));
    }
}

TEST_CASE("sqlite bulk: with keys of the program's own, returned rows follow the input whatever the keys' order") {
    const auto engine = open("sqlite://");
    az::metadata_of<item, coded>().create_all(engine);
    auto c = engine.connect();
    std::vector<item> in = items(300);
    std::vector<coded> codes;
    for (std::size_t i = 0; i < in.size(); ++i) {
        in[i].id = static_cast<std::int64_t>((i * 7919) % 10'007) + 1;
        codes.push_back({.code = "k" + std::to_string((i * 7919) % 10'007), .number = static_cast<std::int64_t>(i)});
    }
    const auto ids = c.execute(az::insert<item>().returning(az::col<&item::name>, az::col<&item::id>), in).all();
    REQUIRE(ids.size() == in.size());
    for (std::size_t i = 0; i < ids.size(); ++i) REQUIRE(ids[i] == std::tuple{in[i].name, in[i].id});
    const auto numbers = c.execute(az::insert<coded>().returning(az::col<&coded::code>, az::col<&coded::number>), codes).all();
    for (std::size_t i = 0; i < numbers.size(); ++i) REQUIRE(numbers[i] == std::tuple{codes[i].code, codes[i].number});
}

TEST_CASE("sqlite bulk: a row that fails undoes the batch and nothing else") {
    const auto engine = open("sqlite://");
    az::metadata_of<item>().create_all(engine);
    auto c = engine.connect();
    (void)c.execute(az::insert<item>().values({.name = "item 250"}));
    const auto e = thrown<az::unique_violation>([&] { (void)c.execute(az::insert<item>(), items(300)); });
    CHECK(e.constraint() == "item.name");
    CHECK(number_of(c, "SELECT count(*) FROM item") == 1);
    CHECK(c.in_transaction());
    (void)c.execute(az::insert<item>(), items(20));
    c.commit();
    CHECK(number_of(c, "SELECT count(*) FROM item") == 21);
}

TEST_CASE("sqlite bulk: rows of values") {
    const auto engine = open("sqlite://");
    az::metadata_of<item>().create_all(engine);
    auto c = engine.connect();
    const std::vector<std::vector<az::value>> rows{{"a", 1.5}, {"b", std::nullopt}};
    CHECK(c.execute(az::insert<item>().columns(az::col<&item::name>, az::col<&item::weight>), rows).affected_rows() == 2);
    CHECK(c.scalars(az::select(az::col<&item::weight>).order_by(az::col<&item::name>)) ==
          std::vector<std::optional<double>>{1.5, std::nullopt});
}

TEST_CASE("sqlite bulk: a value that does not fit names itself, and the batch is undone") {
    const auto engine = open("sqlite://");
    az::metadata_of<item>().create_all(engine);
    auto c = engine.connect();
    auto in = items(150);
    in[140].name = "\xff";
    CHECK(thrown<az::data_error>([&] { (void)c.execute(az::insert<item>(), in); }).code() == az::errc::value_format);
    CHECK(number_of(c, "SELECT count(*) FROM item") == 0);
}
