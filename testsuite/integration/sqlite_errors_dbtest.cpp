#include "sqlite_support.hpp"

#include <unistd.h>
#include <fstream>

using namespace sqlite_tests;
namespace fs = std::filesystem;

namespace {

struct owner {
    std::int64_t id{};
    std::string name{};
};
struct pet {
    std::int64_t id{};
    std::int64_t owner_id{};
    std::string kind{};
    std::int32_t legs{};
};

}  // namespace

template <>
struct azoth::mapping<owner> {
    static azoth::table_map<owner> map() {
        return azoth::table_map<owner>("owner").column<&owner::id>(azoth::primary_key).column<&owner::name>(azoth::unique);
    }
};
template <>
struct azoth::mapping<pet> {
    static azoth::table_map<pet> map() {
        return azoth::table_map<pet>("pet")
            .column<&pet::id>(azoth::primary_key)
            .column<&pet::owner_id>(azoth::references<&owner::id>.on_delete(azoth::referential_action::restrict_))
            .column<&pet::kind>()
            .column<&pet::legs>()
            .unique<&pet::owner_id, &pet::kind>()
            .check("ck_pet_legs", "legs >= 0");
    }
};

namespace {

class kennel {
public:
    kennel() {
        az::metadata_of<owner, pet>().create_all(c);
        (void)c.execute(az::insert<owner>().values({.name = "Ada"}));
        (void)c.execute(az::insert<pet>().values({.owner_id = 1, .kind = "cat", .legs = 4}));
        c.commit();
    }
    az::engine engine{open("sqlite://")};
    az::connection c{engine.connect()};
};

}  // namespace

TEST_CASE_METHOD(kennel, "sqlite errors: constraints, each by its class and with what SQLite names") {
    const auto unique = thrown<az::unique_violation>([&] { (void)c.execute(az::insert<owner>().values({.name = "Ada"})); });
    CHECK(unique.code() == az::errc::unique_violation);
    CHECK(unique.constraint() == "owner.name");
    CHECK(unique.sqlstate() == "23505");
    CHECK(contains(unique.statement(), "INSERT INTO \"owner\""));
    CHECK(contains(unique.parameters(), "Ada"));

    const auto two = thrown<az::unique_violation>([&] { (void)c.execute(az::insert<pet>().values({.owner_id = 1, .kind = "cat"})); });
    CHECK(two.constraint() == "pet.owner_id, pet.kind");
    const auto key = thrown<az::unique_violation>([&] { (void)c.execute(az::insert<owner>().values({.id = 1, .name = "B"})); });
    CHECK(key.constraint() == "owner.id");

    const auto null = thrown<az::not_null_violation>([&] { run(c, "UPDATE owner SET name = NULL"); });
    CHECK(null.constraint() == "owner.name");
    const auto check = thrown<az::check_violation>([&] { (void)c.execute(az::update<pet>().set(az::col<&pet::legs>, -1)); });
    CHECK(check.constraint() == "ck_pet_legs");
    const auto child =
        thrown<az::foreign_key_violation>([&] { (void)c.execute(az::insert<pet>().values({.owner_id = 9, .kind = "dog"})); });
    CHECK(child.constraint().empty());
    const auto restricted = thrown<az::foreign_key_violation>([&] { (void)c.execute(az::delete_<owner>()); });
    CHECK(restricted.sqlstate() == "23503");
    CHECK_FALSE(restricted.is_retryable());

    run(c, "CREATE UNIQUE INDEX ux_lower ON owner (lower(name))");
    CHECK(thrown<az::unique_violation>([&] { (void)c.execute(az::insert<owner>().values({.name = "ADA"})); }).constraint() == "ux_lower");
    run(c, "CREATE TRIGGER guard BEFORE DELETE ON pet BEGIN SELECT RAISE(ABORT, 'pets stay'); END");
    const auto trigger = thrown<az::integrity_error>([&] { (void)c.execute(az::delete_<pet>()); });
    CHECK(trigger.code() == az::errc::integrity);
    CHECK(contains(trigger.message(), "pets stay"));
    CHECK(number_of(c, "SELECT count(*) FROM pet") == 1);
}

TEST_CASE_METHOD(kennel, "sqlite errors: statements that are wrong") {
    const auto code_of = [&](std::string_view sql) { return thrown<az::error>([&] { run(c, sql); }).code(); };
    const auto table = thrown<az::programming_error>([&] { run(c, "SELECT * FROM nowhere"); });
    CHECK(table.code() == az::errc::no_such_table);
    CHECK(contains(table.message(), "nowhere"));
    const auto column = thrown<az::programming_error>([&] { run(c, "SELECT nme FROM owner"); });
    CHECK(column.code() == az::errc::no_such_column);
    CHECK(contains(column.message(), "nme"));
    // SQLite by itself would take a misspelt quoted name for a string.
    CHECK(code_of("SELECT \"nme\" FROM owner") == az::errc::no_such_column);
    CHECK(code_of("INSERT INTO owner (nme) VALUES (1)") == az::errc::no_such_column);
    CHECK(code_of("SELECT id FROM owner, pet") == az::errc::no_such_column);
    CHECK(code_of("SELEC 1") == az::errc::sql_syntax);
    CHECK(code_of("SELECT (1") == az::errc::sql_syntax);
    CHECK(code_of("SELECT #1") == az::errc::sql_syntax);
    CHECK(code_of("") == az::errc::sql_syntax);
    CHECK(code_of(" -- nothing\n") == az::errc::sql_syntax);
    CHECK(code_of("SELECT nofunction(1)") == az::errc::programming);
    CHECK(code_of("CREATE TABLE owner (id INTEGER)") == az::errc::programming);
    const auto two = thrown<az::programming_error>([&] { run(c, "SELECT 1; DROP TABLE pet"); });
    CHECK(two.code() == az::errc::sql_syntax);
    CHECK(contains(two.message(), "DROP TABLE pet"));
    CHECK_NOTHROW(run(c, "SELECT 1; -- done\n ;"));
    CHECK(number_of(c, "SELECT count(*) FROM pet") == 1);
}

TEST_CASE_METHOD(kennel, "sqlite errors: values that a table does not take") {
    run(c, "CREATE TABLE strictly (n INTEGER) STRICT");
    CHECK(thrown<az::data_error>([&] { run(c, "INSERT INTO strictly VALUES ('many')"); }).code() == az::errc::type_mismatch);
    CHECK(thrown<az::data_error>([&] { run(c, "INSERT INTO owner (id, name) VALUES ('one', 'x')"); }).code() == az::errc::type_mismatch);
    CHECK(thrown<az::data_error>([&] { run(c, "SELECT zeroblob(2000000000)"); }).code() == az::errc::value_range);
    CHECK(thrown<az::data_error>([&] { run(c, "SELECT json_extract('{', '$')"); }).code() == az::errc::value_format);
}

TEST_CASE("sqlite errors: places where no database can be") {
    const scratch_folder folder;
    const auto opening = [](const std::string& url) { return thrown<az::error>([&] { (void)open(url).connect(); }); };

    const auto missing = opening(folder.url("no/such/folder/a.db"));
    CHECK(missing.code() == az::errc::connect_failed);
    CHECK(contains(missing.message(), (folder.path() / "no/such/folder").string()));
    CHECK(contains(missing.message(), "create it"));

    const auto no_file = opening(folder.url("absent.db", "?mode=rw"));
    CHECK(no_file.code() == az::errc::connect_failed);
    CHECK(contains(no_file.message(), "absent.db"));
    CHECK(contains(no_file.message(), "mode=rwc"));
    CHECK_FALSE(fs::exists(folder.path() / "absent.db"));

    CHECK(contains(opening("sqlite:///" + folder.path().string()).message(), "is a folder"));

    std::ofstream(folder.path() / "notes.txt") << std::string(4096, 'x');
    const auto no_database = opening(folder.url("notes.txt"));
    CHECK(no_database.code() == az::errc::connect_failed);
    CHECK(contains(no_database.message(), "notes.txt"));
    CHECK(contains(no_database.message(), "no SQLite database"));

    CHECK(opening("sqlite://somebody@/x.db").code() == az::errc::url_syntax);
    CHECK(opening("sqlite://x.db").code() == az::errc::url_syntax);
}

TEST_CASE("sqlite errors: a file that is only to be read") {
    const scratch_folder folder;
    {
        auto c = open(folder.url()).connect();
        run(c, "CREATE TABLE t (n INTEGER)");
        run(c, "INSERT INTO t VALUES (1)");
        c.commit();
    }
    const auto writing = [](const std::string& url) {
        auto c = open(url).connect();
        CHECK(number_of(c, "SELECT n FROM t") == 1);
        return thrown<az::operational_error>([&] { run(c, "INSERT INTO t VALUES (2)"); });
    };
    const auto by_mode = writing(folder.url("test.db", "?mode=ro"));
    CHECK(by_mode.code() == az::errc::read_only);
    CHECK(contains(by_mode.message(), "test.db"));
    CHECK(writing(folder.url("test.db", "?mode=ro&immutable=on")).code() == az::errc::read_only);

    fs::permissions(folder.path() / "test.db", fs::perms::owner_read);
    if (::geteuid() != 0) CHECK(writing(folder.url()).code() == az::errc::read_only);
    auto c = open(folder.url("test.db", "?mode=ro")).connect();
    CHECK(number_of(c, "SELECT count(*) FROM t") == 1);
}

TEST_CASE("sqlite errors: a database that another connection has locked") {
    const scratch_folder folder;
    const auto engine = open(folder.url("test.db", "?busy_timeout=100"));
    auto writer = engine.connect();
    run(writer, "CREATE TABLE t (n INTEGER)");
    writer.commit();

    auto held = writer.begin({.mode = "IMMEDIATE"});
    run(writer, "INSERT INTO t VALUES (1)");
    auto other = engine.connect();
    const auto began = std::chrono::steady_clock::now();
    const auto e = thrown<az::operational_error>([&] { run(other, "INSERT INTO t VALUES (2)"); });
    const auto waited = std::chrono::steady_clock::now() - began;
    CHECK(e.code() == az::errc::locked);
    CHECK(e.is_retryable());
    CHECK(contains(e.message(), "test.db"));
    CHECK(waited >= std::chrono::milliseconds{90});
    CHECK(waited < std::chrono::seconds{3});

    other.rollback();
    held.commit();
    run(other, "INSERT INTO t VALUES (2)");
    CHECK(number_of(other, "SELECT sum(n) FROM t") == 3);
}

TEST_CASE("sqlite errors: a database that locks out all others cannot be opened, and opening waits for it") {
    const scratch_folder folder;
    auto holder = open(folder.url()).connect();
    run(holder, "CREATE TABLE t (n INTEGER)");
    holder.commit();
    auto held = holder.begin({.mode = "EXCLUSIVE"});
    run(holder, "INSERT INTO t VALUES (1)");

    // Setting the journal mode is the first thing that reads the file.
    const auto late = open(folder.url("test.db", "?journal_mode=delete&busy_timeout=50"));
    CHECK(thrown<az::error>([&] { (void)late.connect(); }).code() == az::errc::locked);
    held.commit();
    auto c = late.connect();
    CHECK(number_of(c, "SELECT n FROM t") == 1);
}

TEST_CASE("sqlite errors: a snapshot that is too old to write is a serialization failure, which a retry cures") {
    const scratch_folder folder;
    const auto engine = open(folder.url("test.db", "?journal_mode=wal&busy_timeout=100"));
    {
        auto c = engine.connect();
        run(c, "CREATE TABLE t (n INTEGER)");
        run(c, "INSERT INTO t VALUES (1)");
        c.commit();
    }
    int runs = 0;
    engine.run_transaction([&](az::connection& c) {
        const auto n = number_of(c, "SELECT n FROM t");
        if (++runs == 1) {
            auto meanwhile = engine.connect();
            run(meanwhile, "UPDATE t SET n = 10");
            meanwhile.commit();
        }
        (void)c.execute(az::text("UPDATE t SET n = :n").bind("n", n + 1));
    });
    CHECK(runs == 2);
    auto c = engine.connect();
    CHECK(number_of(c, "SELECT n FROM t") == 11);
}
