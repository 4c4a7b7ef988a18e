#include "batch.hpp"

#include "classify.hpp"
#include "sql_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <string_view>
#include <vector>

namespace azoth::postgresql {
namespace {

constexpr std::size_t most_kept = 32;

}  // namespace

bool batch_runner::suits(std::span<const batch_item> items) noexcept {
    return items.size() > 1 && std::none_of(items.begin(), items.end(), [](const batch_item& i) { return is_copy(i.sql); });
}

void batch_runner::run(std::span<const batch_item> items, const std::function<void(std::size_t, cursor&)>& each,
                       const execute_options& options) {
    take_parameters(items);
    session_.begin_exchange(options.until, options.stop);
    try {
        plan(items);
        session_.open_pipeline(true);
        send(items);
        receive(each);
    } catch (const native_error&) {  // what the server did not answer it did not do
        session_.discard();
        drop_unanswered();
        keep_at_most(0);  // one of them may be what failed
        throw;
    } catch (...) {
        session_.discard();
        keep_at_most(0);  // one of them may be what failed
        throw;
    }
    keep_at_most(most_kept);
}

batch_runner::kept_list::iterator batch_runner::find(std::string_view sql) {
    if (!kept_.empty() && kept_.front().sql == sql) return kept_.begin();
    const auto found = by_sql_.find(sql);
    if (found == by_sql_.end()) return kept_.end();
    kept_.splice(kept_.begin(), kept_, found->second);
    return kept_.begin();
}

void batch_runner::plan(std::span<const batch_item> items) {
    steps_.clear();
    for (const auto& item : items) {
        if (const auto known = find(item.sql); known != kept_.end()) {
            const bool prepares = known->name.empty();
            if (prepares) known->name = session_.new_name();
            steps_.push_back({&*known, true, prepares});
        } else {
            kept_.push_front({std::string{item.sql}});
            by_sql_.emplace(kept_.front().sql, kept_.begin());
            steps_.push_back({&kept_.front(), false, false});
        }
    }
}

void batch_runner::take_parameters(std::span<const batch_item> items) {
    parameters_.clear();
    for (std::size_t i = 0; i < items.size(); ++i) {
        try {
            parameters_.append(items[i].parameters);
        } catch (const error& refused) {
            error_details details = refused.details();
            details.statement = items[i].sql;
            throw_error(refused.code(),
                        fmt::format("statement {} of {}, none of which was sent: {}", i + 1, items.size(), refused.message()),
                        std::move(details));
        }
    }
}

void batch_runner::send(std::span<const batch_item> items) {
    const parameter_list& p = parameters_;
    std::size_t first = 0;
    PGconn* const raw = session_.raw();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const step& how = steps_[i];
        const char* const sql = how.statement->sql.c_str();
        const char* const name = how.statement->name.c_str();
        const int count = static_cast<int>(items[i].parameters.size());
        if (how.prepares) session_.sent(PQsendPrepare(raw, name, sql, 0, nullptr));
        if (how.by_name) session_.sent(PQsendQueryPrepared(raw, name, count, p.values(first), p.lengths(first), p.formats(first), 0));
        else session_.sent(PQsendQueryParams(raw, sql, count, nullptr, p.values(first), p.lengths(first), p.formats(first), 0));
        first += items[i].parameters.size();
    }
    session_.flush();
}

void batch_runner::receive(const std::function<void(std::size_t, cursor&)>& each) {
    session_.receive_begin();
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        if (steps_[i].prepares) {
            expect_prepared();
            steps_[i].statement->answered = true;
        }
        whole_result rows{take_result(), steps_[i].statement->shape};
        if (each) each(i, rows);
    }
    session_.end_exchange();
}

void batch_runner::expect_prepared() {
    auto r = session_.next();
    if (!r || PQresultStatus(r.get()) != PGRES_COMMAND_OK) session_.fail(std::move(r));
    (void)session_.next();  // the end of one command's results
}

result_handle batch_runner::take_result() {
    auto r = session_.next();
    const auto status = r ? PQresultStatus(r.get()) : PGRES_FATAL_ERROR;
    if (status == PGRES_SINGLE_TUPLE) return gather(std::move(r));
    if (status == PGRES_EMPTY_QUERY) throw native_error(plain, "the statement is empty", "42601");
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) session_.fail(std::move(r));
    (void)session_.next();
    return r;
}

/// libpq 15 keeps the single-row mode of a statement that gave no rows, and applies it to the first one of the next pipeline.
result_handle batch_runner::gather(result_handle first) {
    std::vector<result_handle> rows;
    auto r = std::move(first);
    for (; r && PQresultStatus(r.get()) == PGRES_SINGLE_TUPLE; r = session_.next()) rows.push_back(std::move(r));
    if (!r || PQresultStatus(r.get()) != PGRES_TUPLES_OK) session_.fail(std::move(r));
    (void)session_.next();
    result_handle all{PQcopyResult(r.get(), PG_COPYRES_ATTRS)};
    if (!all) throw std::bad_alloc{};
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        const PGresult* one = rows[static_cast<std::size_t>(row)].get();
        for (int i = 0; i < PQnfields(one); ++i) {
            char* const value = PQgetisnull(one, 0, i) != 0 ? nullptr : PQgetvalue(one, 0, i);
            if (PQsetvalue(all.get(), row, i, value, value ? PQgetlength(one, 0, i) : -1) == 0) throw std::bad_alloc{};
        }
    }
    return all;
}

void batch_runner::drop_unanswered() noexcept {
    for (auto& k : kept_)
        if (!k.answered) k.name.clear();
}

void batch_runner::keep_at_most(std::size_t statements) noexcept {
    while (kept_.size() > statements) {
        by_sql_.erase(kept_.back().sql);
        if (!kept_.back().name.empty()) session_.forget_statement(std::move(kept_.back().name));
        kept_.pop_back();
    }
}

}  // namespace azoth::postgresql
