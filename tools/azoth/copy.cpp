// azoth copy: schema and rows from one database to another.
#include "command_line.hpp"
#include "commands.hpp"
#include "copier.hpp"
#include "interrupts.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <thread>

namespace azoth::command {
namespace {

engine open(const url& database, const copy_options& options) {
    engine_options how;
    how.pool.size = static_cast<std::size_t>(options.jobs) + 2;  // and the lock's
    return create_engine(database, how);
}

bool is_mysql(const url& database) { return family_of(database) == "mysql"; }

/// Rows come before those they refer to, and days that the other server has taken, such as 0000-00-00, are taken once more.
url as_target(const url& to, const url& from) {
    if (family_of(to) == "sqlite") return to.with_option("foreign_keys", "off");
    if (!is_mysql(to) || !is_mysql(from) || to.find_option("sql-mode")) return to;
    return to.with_option("sql-mode",
                          "STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ANSI_QUOTES,PIPES_AS_CONCAT,"
                          "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES");
}

/// A file that opening makes, and that is taken away where nothing has been written to it.
class made_file {
public:
    explicit made_file(const url& of) : file_{file_of(of)} {
        if (!file_.empty() && std::filesystem::exists(file_)) file_.clear();
    }
    made_file(const made_file&) = delete;
    made_file& operator=(const made_file&) = delete;
    ~made_file() {
        std::error_code nothing_there;
        if (!file_.empty() && std::filesystem::file_size(file_, nothing_there) == 0) std::filesystem::remove(file_, nothing_there);
    }

private:
    std::string file_;
};

/// Why there can be no more than one table at a time; empty: there can.
std::string_view why_one_job(const url& from, const url& to) {
    if (family_of(to) == "sqlite") return "SQLite has one writer at a time";
    const bool is_memory = from.database().empty() || from.database() == ":memory:";
    return family_of(from) == "sqlite" && is_memory ? "a database in memory has one connection" : "";
}

/// Copies schema and rows. Throws where a value cannot be held, or --verify finds a difference.
void copy(copy_options options) {
    const url from = existing(options.source);
    const url to = url::parse(options.target);
    if (const auto why = why_one_job(from, to); options.jobs > 1 && !why.empty()) {
        fmt::print(stderr, "one table at a time: {}\n", why);
        options.jobs = 1;
    }
    const engine source = open(from, options);
    const made_file file{to};
    const engine target = open(as_target(to, from), options);
    copier work{options, source, target};
    interrupts keys;
    const std::jthread watched = keys.watch([&] { work.stop(); });
    work.run();
}

}  // namespace

subcommand declare_copy(CLI::App& program) {
    const auto said = std::make_shared<copy_options>();
    auto* line = program.add_subcommand("copy", "Copy schema and rows to another database, of any dialect");
    line->add_option("SOURCE", said->source, "The database to read")->required();
    line->add_option("TARGET", said->target, "The database to write to")->required();
    listed(line->add_option("--tables", said->tables, "Only these tables, with commas between"))->type_name("NAMES");
    line->add_option("--schema", said->schema, "The schema to read")->type_name("NAME");
    line->add_option("--jobs", said->jobs, "Tables at a time, up to 64")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 64).description(""));
    line->add_flag("--verify", said->verify, "Read both afterwards, and compare every value");
    line->add_flag("--strict", said->strict, "Copy nothing where something would be lost");
    line->footer(
        "Ctrl-C stops it, with exit code 130. An interrupted copy goes on where it was when the same command is given again.\nExamples:\n"
        "  azoth copy sqlite:///shop.db postgresql://ann@db.example/shop --verify\n"
        "  azoth copy mariadb://ann@db.example/shop sqlite:///shop.db --tables item,price");
    return {line, [said] {
                try {
                    copy(*said);
                    return 0;
                } catch (const stopped& e) {
                    fmt::print(stderr, "azoth: {}\n", e.what());
                    return stopped_by_user;
                }
            }};
}

}  // namespace azoth::command
