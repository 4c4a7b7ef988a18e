#include "sqlite_support.hpp"

#include <fstream>
#include <iterator>

using namespace sqlite_tests;

TEST_CASE("sqlite options: pragmas are set on every connection") {
    const scratch_folder folder;
    const auto engine = open(folder.url("test.db",
                                        "?journal_mode=wal&synchronous=normal&cache_size=-4000&recursive_triggers=on&secure_delete=on"
                                        "&temp_store=memory&mmap_size=65536&wal_autocheckpoint=50&journal_size_limit=4096&foreign_keys=off"
                                        "&case_sensitive_like=on&trusted_schema=on"));
    std::vector<az::connection> connections;
    connections.reserve(2);
    connections.push_back(engine.connect());
    connections.push_back(engine.connect());
    for (auto& c : connections) {
        const auto pragma = [&](const std::string& name) {
            return text_of(c, std::string{"SELECT CAST("}.append(name).append(" AS TEXT) FROM pragma_").append(name));
        };
        CHECK(pragma("journal_mode") == "wal");
        CHECK(pragma("synchronous") == "1");
        CHECK(pragma("cache_size") == "-4000");
        CHECK(pragma("recursive_triggers") == "1");
        CHECK(pragma("secure_delete") == "1");
        CHECK(pragma("temp_store") == "2");
        CHECK(number_of(c, "PRAGMA mmap_size") == 65536);
        CHECK(number_of(c, "PRAGMA wal_autocheckpoint") == 50);
        CHECK(number_of(c, "PRAGMA journal_size_limit") == 4096);
        CHECK(pragma("foreign_keys") == "0");
        CHECK(pragma("trusted_schema") == "1");
        CHECK(number_of(c, "SELECT 'A' LIKE 'a'") == 0);
    }
}

TEST_CASE("sqlite options: what is set where the URL says nothing") {
    auto c = open("sqlite://").connect();
    CHECK(number_of(c, "PRAGMA foreign_keys") == 1);
    CHECK(number_of(c, "PRAGMA trusted_schema") == 0);
    CHECK(number_of(c, "SELECT 'A' LIKE 'a'") == 1);
    CHECK(text_of(c, "PRAGMA journal_mode") == "memory");
}

TEST_CASE("sqlite options: what is wrong with a URL is said when the engine is made") {
    const auto refused = [](std::string_view options) {
        return thrown<az::url_error>([&] { (void)open("sqlite:///x.db?" + std::string{options}); });
    };
    const auto unknown = refused("busytimeout=5");
    CHECK(unknown.code() == az::errc::url_option);
    CHECK(contains(unknown.message(), "busy_timeout"));
    for (const std::string_view wrong : {"mode=write", "busy_timeout=soon", "busy_timeout=-1", "journal_mode=maybe", "transaction=later",
                                         "cache_size=big", "mmap_size=-1", "immutable=on&mode=rw", "foreign_keys=2"})
        CHECK(refused(wrong).code() == az::errc::url_option);
    CHECK(contains(refused("busy_timeout=soon").message(), "soon"));
    CHECK(thrown<az::url_error>([] { (void)open("sqlite://?mode=ro"); }).code() == az::errc::url_option);
    const auto host = thrown<az::url_error>([] { (void)open("sqlite://catalog.db"); });
    CHECK(contains(host.message(), "sqlite:///catalog.db"));
}

TEST_CASE("sqlite options: a journal mode that the database does not take is an error") {
    const auto e = thrown<az::url_error>([] { (void)open("sqlite://?journal_mode=wal").connect(); });
    CHECK(e.code() == az::errc::url_option);
    CHECK(contains(e.message(), "memory"));
}

TEST_CASE("sqlite options: names of files that need care") {
    const scratch_folder folder;
    for (const std::string name : {"file:odd", "with space & more", "a%3Fb#c"}) {
        const auto engine = az::create_engine(az::url::parse("sqlite:///").with_database((folder.path() / name).string()));
        auto c = engine.connect();
        run(c, "CREATE TABLE t (n INTEGER)");
        c.commit();
        CHECK(std::filesystem::exists(folder.path() / name));
    }
}

TEST_CASE("sqlite options: the profile tells the library and what it can do") {
    auto c = open("sqlite://").connect();
    const az::profile& p = c.server_profile();
    CHECK(p.dialect == "sqlite");
    CHECK(p.driver == "sqlite3");
    CHECK(p.server == "SQLite");
    CHECK(p.server_version == text_of(c, "SELECT sqlite_version()"));
    CHECK(p.can.savepoints);
    CHECK(p.can.ddl_in_transactions);
    CHECK_FALSE(p.can.two_phase);
    CHECK((p.can.isolation_levels & az::bit(az::isolation_level::read_uncommitted)) == 0);
    auto shared = open("sqlite:///profile?mode=memory&cache=shared").connect();
    CHECK((shared.server_profile().can.isolation_levels & az::bit(az::isolation_level::read_uncommitted)) != 0);
    CHECK_NOTHROW(c.ping());
}

TEST_CASE("sqlite options: the manual lists those that there are, with their words") {
    std::ifstream file{AZOTH_SOURCE_DIR "/framework/docs/dialects/sqlite.md"};
    const std::string manual{std::istreambuf_iterator<char>{file}, {}};
    const auto engine = open("sqlite://");
    const auto& options = engine.dialect().info().options;
    CHECK(options.size() > 15);
    for (const auto& option : options) {
        const std::string row = "\n| `" + option.name + "` | ";
        const auto begin = manual.find(row);
        INFO(option.name);
        REQUIRE(begin != std::string::npos);
        const auto line = manual.substr(begin, manual.find('\n', begin + 1) - begin);
        for (const auto& word : option.allowed) CHECK(contains(line, "`" + word + "`"));
    }
}
