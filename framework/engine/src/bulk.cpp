#include "connection_core.hpp"
#include "open_result.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {
namespace {

/// Returned rows, kept as a result that has been read already.
class keeping_sink final : public row_sink {
public:
    keeping_sink(kept_rows& to, std::size_t width) noexcept : to_{to}, width_{width} {}
    void row(std::span<const cell> cells) override {
        if (cells.size() != width_)
            throw_error(errc::internal, fmt::format("the driver breaks its contract: insert_many() returned a row of {} columns where {} "
                                                    "were asked for",
                                                    cells.size(), width_));
        to_.take(cells);
    }

private:
    kept_rows& to_;
    std::size_t width_;
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

/// Rows with what the mapping makes for each of them behind what the program gives.
class made_columns final : public row_source {
public:
    made_columns(row_source& given, const compiled_statement& of)
        : given_{given}, makers_{of.batch_makers}, plan_{*of.batch}, width_{of.batch->columns.size()} {}
    std::size_t fill(std::span<cell> out, std::size_t max_rows) override {
        const std::size_t rows = given_.fill(out, max_rows);
        const std::size_t given = width_ - makers_.size();
        for (std::size_t row = rows; row-- > 0;) {
            const auto from = out.subspan(row * given, given);
            std::copy_backward(from.begin(), from.end(), out.begin() + static_cast<std::ptrdiff_t>(row * width_ + given));
        }
        scratch_.clear();
        for (std::size_t row = 0; row < rows; ++row)
            for (std::size_t i = 0; i < makers_.size(); ++i) out[row * width_ + given + i] = made(i, given + i);
        return rows;
    }
    [[nodiscard]] std::optional<std::size_t> remaining() const override { return given_.remaining(); }

private:
    cell made(std::size_t maker, std::size_t parameter) {
        const value v = made_by(*makers_[maker]);
        const cell c = scratch_.copy(v.view());
        const cell_tag to = plan_.stored[parameter];
        return to == cell_tag::null || to == c.tag || c.is_null() ? c : convert(c, to, scratch_);
    }
    row_source& given_;
    const std::vector<std::shared_ptr<const value_maker>>& makers_;
    const batch_plan& plan_;
    std::size_t width_;
    arena scratch_{};
};

}  // namespace

/// A batch's end with the values that are bound in it as literals: drivers send the rows' parameters and no others.
std::string connection_core::batch_suffix(const compiled_statement& of) const {
    compiler writer{engine->sql->rules(), server->server};
    writer << of.pieces.front().substr(of.batch->prefix.size());
    const auto write = [&](const value& v, const parameter_slot& slot) {
        arena scratch;
        const cell c = v.view();
        const bool as_it_comes = slot.stored == cell_tag::null || slot.stored == c.tag || c.is_null();
        writer << "(";
        writer.literal(as_it_comes ? c : convert(c, slot.stored, scratch), slot.type) << ")";
    };
    for (std::size_t i = 0; i < of.parameters.size(); ++i) {
        const parameter_slot& slot = of.parameters[i];
        if (slot.width != 1)
            throw_error(errc::statement, "an insert of many rows takes no list of tuples behind its rows: compare column by column");
        const bind_node* bind = slot.maker ? nullptr : current_.binds[slot.bind];
        if (bind && !bind->name.empty())
            throw_error(errc::parameter,
                        fmt::format("an insert of many rows has no parameters besides its rows, as \"{}\": bind a value", bind->name));
        if (!bind) write(made_by(*slot.maker), slot);
        else if (!bind->is_list) write(bind->content, slot);
        else if (bind->list.empty()) writer << (slot.empty.empty() ? empty_list({std::string{}}, slot.negated) : slot.empty);
        for (std::size_t k = 0; bind && k < bind->list.size(); ++k) {
            if (k != 0) writer << ", ";
            write(bind->list[k], slot);
        }
        writer << of.pieces[i + 1];
    }
    return writer.buffer();
}

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
    batch_plan plan = *compiled->batch;
    if (!compiled->parameters.empty()) plan.suffix = guarded(compiled->sql, {}, [&] { return batch_suffix(*compiled); });
    if (!options.tags.empty()) plan.suffix += tag_comment(options.tags);
    made_columns with_made{rows, *compiled};
    limited_rows at_a_time{compiled->batch_makers.empty() ? static_cast<row_source&>(rows) : with_made, options.batch_size};

    auto result = spare_result();
    result->compiled = compiled;
    parameters_.clear();  // the rows' values are not told
    result->kept = std::make_unique<kept_rows>();
    result->width = compiled->columns.size();
    result->has_columns = compiled->returns_rows;
    keeping_sink sink{*result->kept, result->width};

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
            result->affected = result->meaning_of(
                driver->insert_many(plan, at_a_time, result->has_columns ? &sink : nullptr, driver_options(options)).rows);
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
    makers_.clear();
    for (const auto& column : insert->columns) {
        const auto* spec = static_cast<const column_node&>(*column).spec;
        const auto found = std::find_if(of_.columns.begin(), of_.columns.end(),
                                        [&](const node_ptr& c) { return static_cast<const column_node&>(*c).spec == spec; });
        if (found == of_.columns.end()) throw_error(errc::statement, fmt::format("\"{}\" is no column of {}", spec->name, of_.struct_name));
        members_.push_back(static_cast<std::size_t>(found - of_.columns.begin()));
        const auto* bind = node_cast<bind_node>(spec->on_insert);
        makers_.push_back(bind ? bind->maker.get() : nullptr);
    }
    return insert;
}

bool object_row_source::have_generated_keys() {
    std::size_t generated = 0;
    while (generated < of_.members.size() && !of_.spec(generated).generated) ++generated;
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
            cell c = member.access->write(static_cast<const char*>(object) + member.offset, scratch_);
            const bool is_key = makers_[p] && of_.spec(members_[p]).primary_key;
            if (makers_[p] && (c.is_null() || (is_key && is_unset_key(c)))) c = made(*makers_[p]);
            *to++ = stored(c, p);
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
