#include "bulk.hpp"

#include <algorithm>

namespace azoth::sqlite {
namespace {

constexpr std::size_t most_kept_inserts = 8;
constexpr std::size_t most_rows = 100;  // beyond it a statement gains nothing more, and its compilation costs more
constexpr std::size_t some_rows = 10;
constexpr std::size_t most_parameters = 32'766;

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
        chunk_ = !can_go_together(plan, true) || width_ == 0 ? 1 : std::clamp<std::size_t>(parameters / width_, 1, most_rows);
    }

    ~run() {
        for (auto& s : kept_.statements) s.compiled->close();  // the values' memory goes with this object
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
                result.rows += insert(std::span{cells_}.subspan(done * width_, rows * width_), rows);
                done += rows;
            }
        }
    }

private:
    /// Three sizes of statement are enough, and few enough to keep.
    [[nodiscard]] std::size_t size_for(std::size_t left) const {
        if (left >= chunk_) return chunk_;
        return left >= some_rows && chunk_ > some_rows ? some_rows : 1;
    }

    statement& statement_for(std::size_t rows) {
        for (auto& s : kept_.statements)
            if (s.rows == rows) return *s.compiled;
        kept_.statements.push_back(
            {rows, std::make_unique<statement>(bulk_.session_, values_sql(plan_, rows), statement::lifetimes::kept)});
        return *kept_.statements.back().compiled;
    }

    std::int64_t insert(std::span<const cell> cells, std::size_t rows) {
        statement& s = statement_for(rows);
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
