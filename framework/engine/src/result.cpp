#include <azoth/engine/result.hpp>

#include "open_result.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace azoth {
namespace detail {

void throw_width(std::size_t expected, std::size_t found) {
    throw_error(errc::statement, fmt::format("the program reads {} columns, but the result has {}", expected, found));
}

void throw_unreadable(const data_error& e, const result& from, std::size_t column) {
    throw_error(e.code(), fmt::format("{}: {}", from.describe_column(column), e.message()), e.details());
}

}  // namespace detail

const value& record::operator[](std::size_t i) const {
    if (i >= values_.size()) throw_error(errc::no_such_column, fmt::format("the row has {} columns, none at place {}", values_.size(), i));
    return values_[i];
}

namespace {

std::size_t place_of(const std::vector<std::string>& names, std::string_view name) {
    std::size_t found = names.size();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] != name) continue;
        if (found != names.size())
            throw_error(errc::no_such_column, fmt::format("the result has several columns \"{}\": label them, or read by place", name));
        found = i;
    }
    if (found == names.size())
        throw_error(errc::no_such_column, fmt::format("the result has no column \"{}\"; it has: {}", name, fmt::join(names, ", ")));
    return found;
}

}  // namespace

std::size_t record::index_of(std::string_view name) const { return place_of(*names_, name); }
const value& record::operator[](std::string_view name) const { return values_[index_of(name)]; }

void record::throw_unreadable(const data_error& e, std::size_t i) const {
    throw_error(e.code(), fmt::format("column {} \"{}\": {}", i + 1, name(i), e.message()), e.details());
}

result::result() noexcept = default;
result::result(std::unique_ptr<detail::open_result> state) noexcept : state_{std::move(state)} {}
result::result(result&&) noexcept = default;

result& result::operator=(result&& other) noexcept {
    if (this != &other) {
        if (state_) detail::open_result::recycle(std::move(state_));
        state_ = std::move(other.state_);
    }
    return *this;
}

result::~result() {
    if (state_) detail::open_result::recycle(std::move(state_));
}

bool result::returns_rows() const noexcept { return state_ && state_->has_columns; }
std::size_t result::column_count() const noexcept { return state_ ? state_->width : 0; }

const std::string& result::column_name(std::size_t i) const {
    state_->load_names();
    if (i >= state_->names->size())
        throw_error(errc::no_such_column, fmt::format("the result has {} columns, none at place {}", state_->names->size(), i));
    return (*state_->names)[i];
}

std::string result::native_type(std::size_t i) const {
    if (!state_ || !state_->rows) return {};
    return state_->asking_driver([&] {
        const auto columns = state_->rows->columns();
        return i < columns.size() ? columns[i].native_type : std::string{};
    });
}

std::size_t result::column_index(std::string_view name) const {
    if (!state_) throw_error(errc::closed, "the result is empty");
    state_->load_names();
    return place_of(*state_->names, name);
}

std::size_t result::batch_size() const noexcept { return state_ ? state_->block_rows : detail::open_result::usual_rows; }
bool result::next() { return state_ && state_->next(); }
std::span<const cell> result::cells() const noexcept { return state_ ? state_->current : std::span<const cell>{}; }
std::int64_t result::affected_rows() const noexcept { return state_ ? state_->affected : -1; }
std::optional<std::int64_t> result::last_insert_id() const noexcept { return state_ ? state_->last_id : std::nullopt; }

std::span<const value> result::key_values(std::size_t columns) const {
    if (!state_ || !state_->knows_key) return {};
    if (state_->key.size() != columns)
        throw_error(errc::statement, fmt::format("the key has {} columns, and {} were asked for", state_->key.size(), columns));
    return state_->key;
}

result result::stream() && {
    stream();
    return std::move(*this);
}
void result::stream() & noexcept {
    if (state_) state_->streams = true;
}
void result::close() noexcept {
    if (state_) state_->close();
}

void result::require_row() {
    if (!next()) throw_error(errc::no_rows, "exactly one row was asked for, and there is none");
}
void result::refuse_more() {
    if (next()) {
        close();
        throw_error(errc::multiple_rows, "exactly one row was asked for, and there are several: add a condition, limit(1) or take first()");
    }
}

std::string result::describe_column(std::size_t i) const {
    std::string name;
    if (state_) {
        state_->load_names();
        if (i < state_->names->size()) name = (*state_->names)[i];
    }
    return name.empty() ? fmt::format("column {}", i + 1) : fmt::format("column {} \"{}\"", i + 1, name);
}

std::vector<record> result::partition(std::size_t n) {
    std::vector<record> found;
    if (!state_) return found;
    state_->load_names();
    while (found.size() < n && next()) {
        std::vector<value> values;
        values.reserve(cells().size());
        for (const cell& c : cells()) values.emplace_back(c);
        found.emplace_back(state_->names, std::move(values));
    }
    return found;
}

std::vector<record> result::mappings() { return partition(static_cast<std::size_t>(-1)); }

}  // namespace azoth
