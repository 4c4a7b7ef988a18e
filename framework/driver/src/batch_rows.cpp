#include <azoth/driver/batch_rows.hpp>
#include <azoth/driver/fetch_one.hpp>

#include <azoth/base/error.hpp>
#include <azoth/base/value.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace azoth {
namespace {

decimal number_in(const cell& c) {
    decimal number;
    detail::read_decimal(c, number);
    return number;
}

bool same_number(const cell& a, const cell& b) {
    try {
        return number_in(a) == number_in(b);
    } catch (const data_error&) {  // not both are numbers
        return false;
    }
}

bool same_uuid(const cell& a, const cell& b) {
    try {
        return value{a}.as<uuid>() == value{b}.as<uuid>();
    } catch (const data_error&) {
        return false;
    }
}

/// Whether a returned key is the one that was sent; a database may hand it back in another form (the text 10.0 as the integer 10).
bool same_key(const cell& sent, const cell& returned) {
    if (sent.is_null() || returned.is_null()) return false;
    if (sent.tag == cell_tag::uuid || returned.tag == cell_tag::uuid) return same_uuid(sent, returned);
    if (sent.is_view() && returned.is_view()) return sent.chars_view() == returned.chars_view();
    if (sent.tag == cell_tag::interval && returned.tag == sent.tag) return sent.interval == returned.interval;
    if (sent.tag == returned.tag && !sent.is_view() && sent.tag != cell_tag::f64) return sent.i64 == returned.i64;
    return same_number(sent, returned);
}

}  // namespace

std::string values_sql(const batch_plan& plan, std::size_t rows) {
    std::string sql = plan.prefix;
    std::size_t parameter = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        if (i != 0) sql += ", ";
        sql += plan.row_pieces.front();
        for (std::size_t p = 1; p < plan.row_pieces.size(); ++p) {
            if (plan.numbered_placeholders) fmt::format_to(std::back_inserter(sql), "${}", ++parameter);
            else sql += '?';
            sql += plan.row_pieces[p];
        }
    }
    return sql += plan.suffix;
}

bool can_go_together(const batch_plan& plan, bool keys_ascend) noexcept {
    return !plan.returns_rows || plan.order || (plan.generated_key && keys_ascend);
}

std::size_t returned_rows::collect(cursor& from) {
    cells_.clear();
    copies_.clear();
    width_ = from.columns().size();
    rows_ = 0;
    if (width_ == 0) return 0;
    for (;; ++rows_) {
        const std::size_t at = cells_.size();
        cells_.resize(at + width_);
        const auto room = std::span{cells_}.subspan(at);
        if (!detail::fetch_one(from, room)) return rows_;
        for (cell& c : room)  // valid until the next row is fetched only
            c = copies_.copy(c);
    }
}

void returned_rows::hand_over(std::span<const cell> sent, std::size_t rows, row_sink& to) {
    const std::size_t key = plan_.order ? plan_.order->returned_column : plan_.generated_key.value_or(0);
    if (rows_ != 0 && key >= width_)
        throw_error(errc::internal,
                    fmt::format("the driver breaks its contract: its rows have {} columns, and the key is number {}", width_, key + 1));
    if (rows > 1 && plan_.order) return hand_over_by_key(sent, rows, to);
    if (rows > 1 && plan_.generated_key) return hand_over_ascending(to);
    for (std::size_t i = 0; i < rows_; ++i) to.row(row(i));
}

void returned_rows::hand_over_by_key(std::span<const cell> sent, std::size_t rows, row_sink& to) const {
    const std::size_t width = plan_.row_pieces.size() - 1;
    for (std::size_t i = 0; i < rows; ++i) {
        const cell& key = sent[i * width + plan_.order->parameter];
        const auto is_its = [&](std::size_t at) { return same_key(key, row(at)[plan_.order->returned_column]); };
        std::size_t at = i < rows_ && is_its(i) ? i : 0;  // mostly they come in order
        while (at < rows_ && !is_its(at)) ++at;
        if (at == rows_ && plan_.may_skip_rows) continue;
        if (at == rows_)
            throw_error(
                errc::internal,
                fmt::format("the database returned no row with the key of row {} of {} in a batch for {}: does a trigger change it?", i + 1,
                            rows, plan_.table));
        to.row(row(at));
    }
}

void returned_rows::hand_over_ascending(row_sink& to) const {
    std::vector<std::int64_t> keys(rows_);
    for (std::size_t i = 0; i < rows_; ++i) keys[i] = value{row(i)[*plan_.generated_key]}.as<std::int64_t>();
    std::vector<std::size_t> order(rows_);
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (!std::ranges::is_sorted(keys)) std::ranges::sort(order, {}, [&](std::size_t i) { return keys[i]; });
    for (const std::size_t i : order) to.row(row(i));
}

}  // namespace azoth
