#include "bulk.hpp"

#include "row_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

namespace azoth::sqlite {
namespace {

constexpr std::size_t most_kept_inserts = 8;
constexpr std::size_t most_rows = 100;  // beyond it a statement gains nothing more, and its compilation costs more
constexpr std::size_t some_rows = 10;
constexpr std::size_t most_parameters = 32'766;
constexpr std::size_t enough_for_keys = 500;  // rows to come: what is asked of the schema takes longer than fewer of them

std::string key_of(const batch_plan& plan) {
    std::string key = plan.prefix;
    for (const auto& piece : plan.row_pieces) (key += '\0') += piece;
    return (key += '\0') += plan.suffix;
}

}  // namespace

/// One call of `insert`.
class bulk_inserter::run {
public:
    run(bulk_inserter& of, const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options)
        : bulk_{of},
          plan_{plan},
          source_{rows},
          sink_{returned},
          options_{options},
          kept_{of.find(plan)},
          width_{plan.row_pieces.size() - 1},
          returned_{plan} {
        const auto parameters = std::min<std::size_t>(
            most_parameters, static_cast<std::size_t>(sqlite3_limit(of.session_->open_db(), SQLITE_LIMIT_VARIABLE_NUMBER, -1)));
        chunk_ = !can_go_together(plan, true) || width_ == 0 ? 1 : std::clamp<std::size_t>(parameters / (width_ + 1), 1, most_rows);
    }

    ~run() {
        for (const kept_insert* kept : {&kept_, kept_with_keys_})
            for (const auto& s : kept ? std::span{kept->statements} : std::span<const sized_statement>{})
                s.compiled->close();  // the values' memory goes with this object
    }
    run(const run&) = delete;
    run& operator=(const run&) = delete;

    batch_result go() {
        cells_.resize(chunk_ * width_);
        batch_result result;
        for (;;) {
            const std::size_t got = source_.fill(cells_, chunk_);
            if (got == 0) return result;
            for (std::size_t done = 0; done < got;) {
                const std::size_t rows = size_for(got - done);
                const auto some = std::span<const cell>{cells_}.subspan(done * width_, rows * width_);
                result.rows += keys_ && keys_->are_free(rows) ? insert_with_keys(some, rows) : insert(some, rows);
                done += rows;
            }
            if (std::exchange(is_first_, false) && got == chunk_) look_for_keys();
        }
    }

private:
    /// Three sizes of statement are enough, and few enough to keep.
    [[nodiscard]] std::size_t size_for(std::size_t left) const {
        if (left >= chunk_) return chunk_;
        return left >= some_rows && chunk_ > some_rows ? some_rows : 1;
    }

    statement& statement_for(kept_insert& kept, const batch_plan& plan, std::size_t rows) {
        for (auto& s : kept.statements)
            if (s.rows == rows) return *s.compiled;
        kept.statements.push_back({rows, std::make_unique<statement>(bulk_.session_, values_sql(plan, rows), statement::lifetimes::kept)});
        return *kept.statements.back().compiled;
    }

    /// Where nothing but keys comes back, and of enough rows, this may send them.
    void look_for_keys() {
        if (chunk_ == 1 || !sink_ || plan_.generated_key != 0 || source_.remaining().value_or(0) < enough_for_keys) return;
        const auto returned = statement_for(kept_, plan_, chunk_).columns();
        if (returned.size() == 1) keys_ = row_keys::behind_inserted(*bulk_.session_, plan_, returned.front().name);
        if (keys_) kept_with_keys_ = &bulk_.find(keys_->plan());
    }

    std::int64_t insert_with_keys(std::span<const cell> cells, std::size_t rows) {
        cells_with_keys_.clear();
        std::array<cell, most_rows> keys;
        for (std::size_t i = 0; i < rows; ++i) {
            const auto row = cells.subspan(i * width_, width_);
            cells_with_keys_.insert(cells_with_keys_.end(), row.begin(), row.end());
            cells_with_keys_.push_back(keys.at(i) = cell::integer(keys_->next()));
        }
        statement& s = statement_for(*kept_with_keys_, keys_->plan(), rows);
        s.start(cells_with_keys_, options_);
        const std::int64_t count = s.affected_rows();
        s.rest();
        keys_->written();
        if (count != static_cast<std::int64_t>(rows))
            throw_error(errc::internal, fmt::format("an insert of {} rows into {} has written {}", rows, plan_.table, count));
        for (std::size_t i = 0; i < rows; ++i) sink_->row({&keys.at(i), 1});
        return count;
    }

    std::int64_t insert(std::span<const cell> cells, std::size_t rows) {
        statement& s = statement_for(kept_, plan_, rows);
        s.start(cells, options_);
        if (plan_.returns_rows) {
            returned_.collect(s);
            if (sink_) returned_.hand_over(cells, rows, *sink_);
        }
        const std::int64_t count = s.affected_rows();
        s.rest();
        return count;
    }

    bulk_inserter& bulk_;
    const batch_plan& plan_;
    row_source& source_;
    row_sink* sink_;
    const execute_options& options_;
    kept_insert& kept_;
    std::size_t width_;
    std::size_t chunk_{};
    std::vector<cell> cells_{};
    returned_rows returned_;
    bool is_first_{true};
    std::optional<row_keys> keys_{};
    kept_insert* kept_with_keys_{};
    std::vector<cell> cells_with_keys_{};
};

batch_result bulk_inserter::insert(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) {
    if (plan.row_pieces.empty()) throw_error(errc::invalid_argument, "a batch plan without row pieces cannot be run");
    return run{*this, plan, rows, returned, options}.go();
}

bulk_inserter::kept_insert& bulk_inserter::find(const batch_plan& plan) {
    std::string key = key_of(plan);
    const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const kept_insert& k) { return k.key == key; });
    if (found != kept_.end()) {
        kept_.splice(kept_.begin(), kept_, found);
    } else {
        if (kept_.size() >= most_kept_inserts) kept_.pop_back();
        kept_.push_front({std::move(key)});
    }
    return kept_.front();
}

}  // namespace azoth::sqlite
