#include "connection_core.hpp"
#include "open_result.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {
namespace {

/// Returned rows, kept as a result that has been read already.
class keeping_sink final : public row_sink {
public:
    explicit keeping_sink(kept_rows& to) noexcept : to_{to} {}
    void row(std::span<const cell> cells) override { to_.take(cells); }

private:
    kept_rows& to_;
};

/// Rows in pieces of at most so many; 0: of any size.
class limited_rows final : public row_source {
public:
    limited_rows(row_source& of, std::size_t at_a_time) noexcept : of_{of}, most_{at_a_time} {}
    std::size_t fill(std::span<cell> out, std::size_t max_rows) override {
        return of_.fill(out, most_ != 0 ? std::min(most_, max_rows) : max_rows);
    }
    [[nodiscard]] std::optional<std::size_t> remaining() const override { return of_.remaining(); }

private:
    row_source& of_;
    std::size_t most_;
};

}  // namespace

std::unique_ptr<open_result> connection_core::insert_rows(const node_handle<insert_node>& statement, typed_row_source& rows,
                                                          const execution_options& call) {
    free_connection();
    const execution_options& options = enter(call);
    const node_ptr prepared_for_rows = rows.prepare(statement);
    engine->compile(prepared_for_rows, compiled_for(options), current_);
    const auto compiled = current_.compiled;
    refuse_writing(options, compiled->writes, compiled->pieces.front());
    if (!compiled->batch) throw_error(errc::statement, "an insert of many rows cannot have values of its own: name its columns() only");
    rows.use(*compiled->batch);

    auto result = spare_result();
    result->compiled = compiled;
    parameters_.clear();  // the rows' values are not told
    result->kept = std::make_unique<kept_rows>();
    result->width = compiled->columns.size();
    result->has_columns = compiled->returns_rows;
    keeping_sink sink{*result->kept};

    std::optional<batch_plan> tagged;
    if (!options.tags.empty()) tagged.emplace(*compiled->batch).suffix += tag_comment(options.tags);
    const batch_plan& plan = tagged ? *tagged : *compiled->batch;
    limited_rows at_a_time{rows, options.batch_size};
    const std::string sql = plan.prefix + "..." + plan.suffix;
    const auto told = tell_before(sql, {});
    // All or nothing: inside a transaction of the caller's a savepoint takes back what a failing row leaves half-done.
    autobegin(options);
    const bool own = !in_transaction;
    if (own) begin({});
    const bool first = !own && is_fresh;
    const int savepoint = !own && !first && server->server.can.savepoints ? begin_nested() : 0;
    is_fresh = false;
    try {
        guarded(sql, {}, [&] {
            result->affected = driver->insert_many(plan, at_a_time, result->has_columns ? &sink : nullptr, driver_options(options)).rows;
        });
    } catch (...) {
        try {
            if (first) begin_again();
            else if (savepoint != 0) rollback_to(savepoint);
            else rollback();
        } catch (const error&) {
            if (pooled) pooled->invalid = true;
        }
        throw;
    }
    if (savepoint != 0) release(savepoint);
    if (own) commit();
    tell_after(sql, told, result->affected);
    return result;
}

node_handle<insert_node> object_row_source::prepare(const node_handle<insert_node>& statement) {
    auto insert = for_rows(statement, of_, have_generated_keys());
    members_.clear();
    for (const auto& column : insert->columns) {
        const auto* spec = static_cast<const column_node&>(*column).spec;
        const auto found = std::find_if(of_.columns.begin(), of_.columns.end(),
                                        [&](const node_ptr& c) { return static_cast<const column_node&>(*c).spec == spec; });
        if (found == of_.columns.end()) throw_error(errc::statement, fmt::format("\"{}\" is no column of {}", spec->name, of_.struct_name));
        members_.push_back(static_cast<std::size_t>(found - of_.columns.begin()));
    }
    return insert;
}

bool object_row_source::have_generated_keys() {
    std::size_t generated = 0;
    while (generated < of_.members.size() && !of_.table->columns[generated].generated) ++generated;
    if (generated == of_.members.size()) return true;
    const auto& member = of_.members[generated];
    std::size_t row = 0;
    std::size_t given = 0;
    for (const void* object = next(); object; object = next(), ++row) {
        scratch_.clear();
        if (!is_unset(member.access->write(static_cast<const char*>(object) + member.offset, scratch_))) ++given;
        if (given != 0 && given != row + 1)
            throw_error(errc::statement,
                        fmt::format("some of the {} objects bring a {} and others do not (row {}): give it to all of them, or to none",
                                    of_.struct_name, member.name, row));
    }
    restart();
    return given != 0;
}

std::size_t object_row_source::fill(std::span<cell> out, std::size_t max_rows) {
    scratch_.clear();
    std::size_t rows = 0;
    cell* to = out.data();
    while (rows < max_rows) {
        const void* object = next();
        if (!object) break;
        for (std::size_t p = 0; p < members_.size(); ++p) {
            const auto& member = of_.members[members_[p]];
            *to++ = stored(member.access->write(static_cast<const char*>(object) + member.offset, scratch_), p);
        }
        ++rows;
    }
    handed_out_ += rows;
    return rows;
}

node_handle<insert_node> value_rows::prepare(const node_handle<insert_node>& statement) {
    if (statement->columns.empty()) throw_error(errc::statement, "rows of values need the insert's columns(): say which, in their order");
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (rows_[i].size() != statement->columns.size())
            throw_error(errc::statement, fmt::format("row {} has {} values for {} columns", i, rows_[i].size(), statement->columns.size()));
    return make_node<insert_node>(*statement);
}

std::size_t value_rows::fill(std::span<cell> out, std::size_t max_rows) {
    scratch_.clear();
    std::size_t rows = 0;
    cell* to = out.data();
    for (; rows < max_rows && handed_out_ < rows_.size(); ++rows, ++handed_out_)
        for (std::size_t p = 0; p < rows_[handed_out_].size(); ++p) *to++ = stored(rows_[handed_out_][p].view(), p);
    return rows;
}

}  // namespace azoth::detail
