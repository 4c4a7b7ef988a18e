#include "bulk.hpp"

#include "binary_writer.hpp"
#include "copy.hpp"
#include "unnest.hpp"

#include <algorithm>
#include <vector>

namespace azoth::postgresql {
namespace {

constexpr std::size_t few_rows = 20;         // up to here a look at the catalogue costs more than it saves
constexpr std::size_t rows_of_values = 100;  // beyond it a statement of VALUES gains little
constexpr std::size_t rows_of_arrays = 2000;
constexpr std::size_t most_plans_kept = 16;
constexpr std::size_t most_parameters = 65'535;

bool have_binary_forms(const target_table& target, std::span<const cell> cells) {
    const std::size_t width = target.columns.size();
    for (const Oid column : target.columns)
        if (!has_binary_form(cell_tag::null, column)) return false;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (!has_binary_form(cells[i].tag, target.columns[i % width])) return false;
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
    const bool are_few = r.rows.peeked() < few_rows;
    const bool one_by_one = !can_go_together(plan, true);
    if (are_few || one_by_one || (!plan.copy_is_legal && !plan.plain_rows)) return insert_values(r);
    const target_table target = look_up_target(session_, plan, options);
    const bool binary = have_binary_forms(target, r.rows.cells());
    if (plan.copy_is_legal && target.takes_copy) return {copy_rows(*session_, plan, target, binary, r.rows, options)};
    if (plan.plain_rows && binary) return insert_arrays(r, target);
    return insert_values(r);
}

batch_result bulk_inserter::insert_values(run& r) {
    const bool together = can_go_together(r.plan, true) && r.width != 0;
    const std::size_t chunk = together ? std::clamp<std::size_t>(most_parameters / r.width, 1, rows_of_values) : 1;
    std::vector<cell> cells(chunk * r.width);
    batch_result result;
    while (const std::size_t got = r.rows.fill(cells, chunk)) {
        const auto sent = std::span{cells}.first(got * r.width);
        if (got == chunk) {
            statement& s = kept(values_sql(r.plan, got));
            s.start(sent, r.options);
            result.rows += finish(r, s, sent, got);
        } else {
            statement s{session_, values_sql(r.plan, got), statement::lifetimes::once};
            s.start(sent, r.options);
            result.rows += finish(r, s, sent, got);
        }
    }
    return result;
}

batch_result bulk_inserter::insert_arrays(run& r, const target_table& target) {
    statement& s = kept(unnest_sql(r.plan, target));
    column_arrays arrays{target};
    std::vector<cell> cells(rows_of_arrays * r.width);
    batch_result result;
    while (const std::size_t got = r.rows.fill(cells, rows_of_arrays)) {
        s.parameters().assign_binary(arrays.make(cells, got));
        s.start(r.options);
        result.rows += finish(r, s, cells, got);
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
        r.returned.collect(s);
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
