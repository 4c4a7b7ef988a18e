#include "bulk.hpp"

#include "binary_writer.hpp"
#include "copy.hpp"
#include "unnest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace azoth::postgresql {
namespace {

constexpr std::size_t few_rows = 20;         // up to here a look at the catalogue costs more than it saves
constexpr std::size_t rows_of_values = 100;  // beyond it a statement of VALUES gains little
constexpr std::size_t rows_of_arrays = 2000;
constexpr std::size_t most_bytes = std::size_t{16} * 1024 * 1024;  // of a statement's values, unless a row has more; libpq keeps a copy
constexpr std::size_t most_plans_kept = 16;
constexpr std::size_t most_parameters = 65'535;

/// How many of the rows go in one statement; at least one.
std::size_t rows_within(std::size_t bytes, std::span<const cell> rows, std::size_t width) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        size += rows[i].is_view() ? rows[i].chars.size : sizeof(cell);
        if (size > bytes) return std::max<std::size_t>(i / width, 1);
    }
    return width == 0 ? 1 : rows.size() / width;
}

/// Of a column whose type the statement does not say, later rows may have a text, which the server alone can read.
bool may_be_texts(const batch_plan& plan, std::size_t column, std::span<const cell> cells) {
    if (plan.types[column].kind != type_kind::unknown) return false;
    for (std::size_t i = column; i < cells.size(); i += plan.types.size())
        if (!cells[i].is_null()) return false;
    return true;
}

bool have_binary_forms(const batch_plan& plan, const target_table& target, std::span<const cell> cells) {
    const std::size_t width = target.columns.size();
    for (std::size_t column = 0; column < width; ++column) {
        const Oid type = target.columns[column];
        if (!has_binary_form(cell_tag::null, type) || may_be_texts(plan, column, cells)) return false;
        for (std::size_t i = column; i < cells.size(); i += width)
            if (!has_binary_form(cells[i].tag, type)) return false;
    }
    return true;
}

}  // namespace

/// The rows that were looked at already, and then the rest.
class peeked_rows final : public row_source {
public:
    peeked_rows(row_source& rest, std::size_t width) : rest_{rest}, width_{width}, cells_(few_rows * width) {
        peeked_ = rest.fill(cells_, few_rows);
    }
    [[nodiscard]] std::size_t peeked() const noexcept { return peeked_; }
    [[nodiscard]] std::span<const cell> cells() const { return std::span{cells_}.first(peeked_ * width_); }

    std::size_t fill(std::span<cell> out, std::size_t max_rows) override {
        if (handed_out_ == peeked_) return rest_.fill(out, max_rows);
        const std::size_t rows = std::min(max_rows, peeked_ - handed_out_);
        std::copy_n(cells_.begin() + static_cast<std::ptrdiff_t>(handed_out_ * width_), rows * width_, out.begin());
        handed_out_ += rows;
        return rows;
    }

private:
    row_source& rest_;
    std::size_t width_;
    std::vector<cell> cells_;
    std::size_t peeked_{};
    std::size_t handed_out_{};
};

struct bulk_inserter::run {
    const batch_plan& plan;
    peeked_rows rows;
    row_sink* sink;
    const execute_options& options;
    std::size_t width;
    returned_rows returned{plan};
};

batch_result bulk_inserter::insert(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) {
    if (plan.row_pieces.empty()) throw_error(errc::invalid_argument, "a batch plan without row pieces cannot be run");
    const std::size_t width = plan.row_pieces.size() - 1;
    run r{plan, {rows, width}, returned, options, width};
    const bool by_generated_key = plan.returns_rows && !plan.order && plan.generated_key;
    const bool is_one = r.rows.peeked() <= 1;
    const bool together = width != 0 && can_go_together(plan, !by_generated_key || (!is_one && keys_ascend(plan, options)));
    const bool are_few = r.rows.peeked() < few_rows;
    if (are_few || !together || (!plan.copy_is_legal && !plan.plain_rows)) return insert_values(r, together);
    const target_table target = look_up_target(session_, plan, options);
    const bool binary = have_binary_forms(plan, target, r.rows.cells());
    if (plan.copy_is_legal && target.takes_copy) return {copy_rows(*session_, plan, target, binary, r.rows, options)};
    if (plan.plain_rows && binary) return insert_arrays(r, target);
    return insert_values(r, true);
}

bool bulk_inserter::keys_ascend(const batch_plan& plan, const execute_options& options) {
    if (!plan.suffix.starts_with(" RETURNING")) return false;  // an upsert gives back keys that were there before, or none
    statement& query = kept(std::string{ascending_key_query()});
    query.start(std::array{cell::text(plan.table)}, options);
    cell name;
    bool found = false;
    while (query.fetch({&name, 1}, 1) != 0) {
        const std::string_view key = name.chars_view();
        found =
            plan.suffix.find(key) != std::string::npos && std::find(plan.columns.begin(), plan.columns.end(), key) == plan.columns.end();
    }
    query.close();
    return found;
}

batch_result bulk_inserter::insert_values(run& r, bool together) {
    const std::size_t chunk = together ? std::clamp<std::size_t>(most_parameters / r.width, 1, rows_of_values) : 1;
    std::vector<cell> cells(chunk * r.width);
    batch_result result;
    while (const std::size_t got = r.rows.fill(cells, chunk)) {
        for (std::size_t done = 0; done < got;) {
            const auto left = std::span{cells}.subspan(done * r.width, (got - done) * r.width);
            const std::size_t rows = together ? rows_within(most_bytes, left, r.width) : 1;
            result.rows += insert_chunk(r, left.first(rows * r.width), rows, rows == chunk);
            done += rows;
        }
    }
    return result;
}

std::int64_t bulk_inserter::insert_chunk(run& r, std::span<const cell> sent, std::size_t rows, bool is_full) {
    const std::string sql = values_sql(r.plan, rows);
    if (is_full) {
        statement& s = kept(sql);
        s.start(sent, r.options);
        return finish(r, s, sent, rows);
    }
    statement s{session_, sql, statement::lifetimes::once};
    s.start(sent, r.options);
    return finish(r, s, sent, rows);
}

batch_result bulk_inserter::insert_arrays(run& r, const target_table& target) {
    statement& s = kept(unnest_sql(r.plan, target));
    column_arrays arrays{target};
    std::vector<cell> cells(rows_of_arrays * r.width);
    batch_result result;
    while (const std::size_t got = r.rows.fill(cells, rows_of_arrays)) {
        for (std::size_t done = 0; done < got;) {
            const auto left = std::span<const cell>{cells}.subspan(done * r.width, (got - done) * r.width);
            const std::size_t rows = rows_within(most_bytes, left, r.width);
            s.parameters().assign_binary(arrays.make(left, rows));
            s.start(r.options);
            result.rows += finish(r, s, left, rows);
            done += rows;
        }
    }
    return result;
}

statement& bulk_inserter::kept(const std::string& sql) {
    const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const auto& k) { return k.first == sql; });
    if (found != kept_.end()) {
        kept_.splice(kept_.begin(), kept_, found);
    } else {
        kept_.emplace_front(std::piecewise_construct, std::forward_as_tuple(sql),
                            std::forward_as_tuple(session_, sql, statement::lifetimes::kept));
        if (kept_.size() > most_plans_kept) kept_.pop_back();
    }
    return kept_.front().second;
}

/// Reads what a statement of the batch returned.
std::int64_t bulk_inserter::finish(run& r, statement& s, std::span<const cell> sent, std::size_t rows) {
    if (r.plan.returns_rows && r.sink) {
        const std::size_t came = r.returned.collect(s);
        if (came != rows && rows > 1 && !r.plan.order)
            throw_error(errc::internal,
                        fmt::format("the database returned {} rows for the {} that were sent to {}: whose they are is not known", came,
                                    rows, r.plan.table));
        r.returned.hand_over(sent, rows, *r.sink);
    } else {
        std::vector<cell> row(s.columns().size());
        while (!row.empty() && s.fetch(row, 1) != 0) {}
    }
    const std::int64_t affected = s.affected_rows();
    s.close();
    return std::max<std::int64_t>(affected, 0);
}

}  // namespace azoth::postgresql
