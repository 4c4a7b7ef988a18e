#include "sql_session.hpp"

#include "inspect.hpp"

#include "paged_output.hpp"
#include "statement_splitter.hpp"
#include "text_width.hpp"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <ostream>
#include <utility>

namespace azoth::command {
namespace {

std::string counted(std::int64_t n, std::string_view what) { return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s"); }

/// PostgreSQL's booleans, which travel as numbers, by the words that JSON and SQL have for them.
cell as_truth(const cell& c) { return c.tag == cell_tag::i64 ? cell::json(c.i64 != 0 ? "true" : "false") : c; }

}  // namespace

sql_session::sql_session(const engine& db, sql_settings settings, std::ostream& out)
    : family_{family_of(db.url())}, connection_{db.connect("azoth sql")}, settings_{std::move(settings)}, out_{out} {
    connection_.set_isolation(isolation_level::autocommit);
}

std::optional<output_format> format_named(std::string_view name) {
    if (name == "table") return output_format::table;
    if (name == "json") return output_format::json;
    if (name == "csv") return output_format::csv;
    return std::nullopt;
}

std::unique_ptr<result_writer> sql_session::writer(std::ostream& to) {
    switch (settings_.format) {
        case output_format::json: return make_json_writer(to);
        case output_format::csv: return make_csv_writer(to);
        case output_format::table: break;
    }
    table_style style = settings_.style;
    if (style.width != 0) style.width = terminal_width();  // it may have been resized
    return make_table_writer(to, style);
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

std::int64_t sql_session::write(result& from, std::ostream& out) {
    std::vector<std::string> names;
    std::vector<bool> are_truths;
    for (std::size_t i = 0; i < from.column_count(); ++i) {
        names.push_back(from.column_name(i));
        are_truths.push_back(from.native_type(i) == "bool");
    }
    const auto to = writer(out);
    to->begin(names);
    std::int64_t rows = 0;
    for (; out && from.next(); ++rows) {
        std::vector<cell> row{from.cells().begin(), from.cells().end()};
        for (std::size_t i = 0; i < row.size(); ++i)
            if (are_truths[i]) row[i] = as_truth(row[i]);
        to->row(row);
    }
    to->end();
    return rows;
}

void sql_session::run(const std::string& statement) {
    if (runs_transaction(statement)) return;
    const auto started = std::chrono::steady_clock::now();
    result got = connection_.execute(verbatim(statement));
    const auto took = [&] {
        const std::chrono::duration<double, std::milli> t = std::chrono::steady_clock::now() - started;
        return settings_.timing ? fmt::format(", {:.1f} ms", t.count()) : std::string{};
    };
    if (!got.returns_rows()) {
        if (!settings_.says_counts) return;
        out_ << (got.affected_rows() < 0 ? "done" : counted(got.affected_rows(), "row") + " changed") << took() << std::endl;
        return;
    }
    show([&](std::ostream& to) {
        const std::int64_t rows = write(got, to);
        if (settings_.says_counts) to << "(" << counted(rows, "row") << took() << ")\n";
    });
}

void sql_session::show(const std::function<void(std::ostream&)>& write) {
    const auto end = [](std::atomic<bool>* is_paging) { *is_paging = false; };
    const std::unique_ptr<std::atomic<bool>, decltype(end)> until_shown{&is_paging_, end};  // also where writing fails
    paged_output paged{out_, settings_.pager, terminal_height() - 1, [&] { is_paging_ = true; }};
    write(paged.stream());
    paged.stream().flush();
    paged.finish();
}

void sql_session::show(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows) {
    show([&](std::ostream& out) {
        const auto to = writer(out);
        to->begin(columns);
        for (const auto& r : rows) {
            std::vector<cell> cells;
            for (const auto& text : r) cells.push_back(cell::text(text));
            to->row(cells);
        }
        to->end();
    });
}

}  // namespace azoth::command
