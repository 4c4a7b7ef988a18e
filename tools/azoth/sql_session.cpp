#include "sql_session.hpp"

#include "statement_splitter.hpp"

#include <fmt/format.h>

#include <chrono>
#include <ostream>

namespace azoth::command {
namespace {

std::string counted(std::int64_t n, std::string_view what) { return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s"); }

}  // namespace

sql_session::sql_session(const engine& db, sql_settings settings, std::ostream& out)
    : connection_{db.connect("azoth sql")}, settings_{settings}, out_{out} {
    connection_.set_isolation(isolation_level::autocommit);
}

std::unique_ptr<result_writer> sql_session::writer() {
    switch (settings_.format) {
        case output_format::json: return make_json_writer(out_);
        case output_format::csv: return make_csv_writer(out_);
        case output_format::table: break;
    }
    return make_table_writer(out_, settings_.style);
}

/// BEGIN, COMMIT and their kin, which are the connection's business: it has to know that a transaction is open.
bool sql_session::runs_transaction(const std::string& statement) {
    const std::string word = first_word(statement);
    const bool begins = word == "BEGIN" || word == "START";
    const bool commits = word == "COMMIT" || word == "END";
    const bool rolls_back = word == "ROLLBACK" && statement.find_first_of(" \t\n") == std::string::npos;
    if (!begins && !commits && !rolls_back) return false;
    if (begins && transaction_) throw std::runtime_error{"a transaction is open already: COMMIT or ROLLBACK it first"};
    if (!begins && !transaction_) throw std::runtime_error{"no transaction is open: each statement has been committed by itself"};
    if (begins) {
        connection_.set_isolation(isolation_level::database_default);
        transaction_.emplace(connection_.begin());
        if (settings_.says_counts) out_ << "transaction begun: COMMIT keeps what follows, ROLLBACK undoes it" << std::endl;
        return true;
    }
    transaction ending = std::move(*transaction_);
    transaction_.reset();
    if (commits) ending.commit();
    else ending.rollback();
    connection_.set_isolation(isolation_level::autocommit);
    if (settings_.says_counts) out_ << (commits ? "committed" : "rolled back") << std::endl;
    return true;
}

void sql_session::abandon() {
    if (!transaction_) return;
    transaction_->rollback();
    transaction_.reset();
}

void sql_session::write(result& from) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < from.column_count(); ++i) names.push_back(from.column_name(i));
    const auto to = writer();
    to->begin(names);
    std::int64_t rows = 0;
    for (; from.next(); ++rows) to->row(from.cells());
    to->end();
    if (settings_.says_counts) out_ << "(" << counted(rows, "row");
}

void sql_session::run(const std::string& statement) {
    if (runs_transaction(statement)) return;
    const auto started = std::chrono::steady_clock::now();
    result got = connection_.execute(verbatim(statement));
    const bool has_rows = got.returns_rows();
    if (has_rows) write(got);
    else if (settings_.says_counts) out_ << (got.affected_rows() < 0 ? "done" : counted(got.affected_rows(), "row") + " changed");
    if (!settings_.says_counts) return;
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - started;
    if (settings_.timing) out_ << fmt::format("{} {:.1f} ms", has_rows ? "," : " in", took.count());
    out_ << (has_rows ? ")" : "") << std::endl;
}

void sql_session::show(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows) {
    const auto to = writer();
    to->begin(columns);
    for (const auto& r : rows) {
        std::vector<cell> cells;
        for (const auto& text : r) cells.push_back(cell::text(text));
        to->row(cells);
    }
    to->end();
}

}  // namespace azoth::command
