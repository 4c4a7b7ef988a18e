#pragma once

#include <azoth/base/error.hpp>
#include <azoth/base/value.hpp>
#include <azoth/engine/row_reader.hpp>
#include <azoth/sql/compiled.hpp>

#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace azoth {

namespace detail {
class connection_core;
struct open_result;

template <class... Ks>
struct key_of {
    using type = std::tuple<Ks...>;
};
template <class K>
struct key_of<K> {
    using type = K;
};
}  // namespace detail

/// One row of a result whose columns the program learns at run time. Owns its values.
class AZOTH_API record {
public:
    record(std::shared_ptr<const std::vector<std::string>> names, std::vector<value> values) noexcept
        : names_{std::move(names)}, values_{std::move(values)} {}
    [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
    [[nodiscard]] const std::string& name(std::size_t i) const { return names_->at(i); }
    /// By place or by name; throws programming_error (no-such-column) for what is not there, or there twice.
    [[nodiscard]] const value& operator[](std::size_t i) const;
    [[nodiscard]] const value& operator[](std::string_view name) const;
    /// Errors are those of reading a value, and name the column.
    template <storable T>
    [[nodiscard]] T get(std::size_t i) const {
        try {
            return (*this)[i].template as<T>();
        } catch (const data_error& e) {
            throw_unreadable(e, i);
        }
    }
    template <storable T>
    [[nodiscard]] T get(std::string_view name) const {
        return get<T>(index_of(name));
    }

private:
    [[nodiscard]] std::size_t index_of(std::string_view name) const;
    [[noreturn]] void throw_unreadable(const data_error& e, std::size_t i) const;

    std::shared_ptr<const std::vector<std::string>> names_;
    std::vector<value> values_;
};

/// What a statement gave: rows to read, forward only, and how many rows it changed. Move-only; belongs to its connection's thread and
/// is closed with its connection. A second statement on the connection first reads the rest of an open result into memory (bounded by
/// engine_options::max_buffered_bytes), unless `stream` was asked for.
class AZOTH_API result {
public:
    result() noexcept;
    explicit result(std::unique_ptr<detail::open_result> state) noexcept;
    result(result&&) noexcept;
    result& operator=(result&&) noexcept;
    ~result();

    [[nodiscard]] bool returns_rows() const noexcept;
    [[nodiscard]] std::size_t column_count() const noexcept;
    [[nodiscard]] const std::string& column_name(std::size_t i) const;
    /// The column's type as the database declares it; empty where it does not tell, and where the last row has been read.
    [[nodiscard]] std::string native_type(std::size_t i) const;
    /// The column of that name; throws programming_error (no-such-column) where there is none, or more than one.
    [[nodiscard]] std::size_t column_index(std::string_view name) const;

    /// Goes to the next row; false at the end.
    bool next();
    /// The current row; views valid until the next call of `next`.
    [[nodiscard]] std::span<const cell> cells() const noexcept;
    template <storable T>
    [[nodiscard]] T get(std::size_t i) const {
        T to{};
        detail::read_at(
            cells(), i, [&](const cell& c) { value_traits<T>::from_cell(c, to); }, *this);
        return to;
    }
    template <storable T>
    [[nodiscard]] T get(std::string_view name) const {
        return get<T>(column_index(name));
    }

    /// Rows that an INSERT, UPDATE or DELETE changed; -1 where the database does not tell.
    [[nodiscard]] std::int64_t affected_rows() const noexcept;
    /// The key that an INSERT of one row generated, where the database tells.
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const noexcept;
    /// The primary key of the row that an INSERT of one row made, or that an upsert found, whoever made the key: a value, or a tuple of the
    /// key's columns in the table's order. Nothing where no row was inserted or updated, of several rows, and where the database cannot
    /// tell. Where the statement returns rows, the first has to be read before. Throws programming_error (statement) where the key has
    /// another number of columns, and data_error where a type does not fit.
    template <storable... Ks>
    [[nodiscard]] auto inserted_key() const {
        static_assert(sizeof...(Ks) > 0, "azoth: say the types of the key's columns: inserted_key<std::int64_t>()");
        using key = typename detail::key_of<Ks...>::type;
        const auto values = key_values(sizeof...(Ks));
        if (values.empty()) return std::optional<key>{};
        return [&]<std::size_t... I>(std::index_sequence<I...>) { return std::optional<key>{key{values[I].template as<Ks>()...}}; }
        (std::index_sequence_for<Ks...>{});
    }

    /// Promises constant memory: a second statement on the connection throws interface_error (misuse) while this result is open.
    [[nodiscard]] result stream() &&;
    void stream() & noexcept;
    /// Ends it early. Idempotent; the destructor does it too.
    void close() noexcept;

    /// The first column of the only row; throws programming_error (no-rows, multiple-rows).
    template <storable T>
    [[nodiscard]] T scalar() {
        require_row();
        T v = get<T>(std::size_t{0});
        refuse_more();
        return v;
    }
    /// All rows, owned.
    [[nodiscard]] std::vector<record> mappings();
    /// The next rows, at most `n` (execution_options::batch_size where not said); empty at the end.
    [[nodiscard]] std::vector<record> partition(std::size_t n);
    [[nodiscard]] std::vector<record> partition() { return partition(batch_size()); }
    /// How many rows are fetched at a time.
    [[nodiscard]] std::size_t batch_size() const noexcept;

    // For what is built on top.
    void require_row();
    void refuse_more();
    [[nodiscard]] std::string describe_column(std::size_t i) const;

private:
    /// Empty where the key is not known.
    [[nodiscard]] std::span<const value> key_values(std::size_t columns) const;
    std::unique_ptr<detail::open_result> state_;
};

namespace detail {

template <class... Ts>
[[noreturn]] void rethrow_with_column(const data_error& e, const result& from) {
    const cell* cells = from.cells().data();
    std::size_t column = 0;
    bool found = false;
    const auto look = [&]<class T>() {
        if (found) return;
        const std::size_t at = unreadable_cell<T>(cells + column);
        column += at;
        found = at < element<T>::width();
    };
    (look.template operator()<Ts>(), ...);
    throw_unreadable(e, from, column);
}

template <class Read>
void read_at(std::span<const cell> cells, std::size_t i, Read&& read, const result& from) {
    if (i >= cells.size()) throw_width(i + 1, cells.size());
    try {
        read(cells[i]);
    } catch (const data_error& e) {
        throw_unreadable(e, from, i);
    }
}

}  // namespace detail

/// Rows of known types: iterate, or take them with `all`, `one`, `first` ...
///
///     for (const auto& [name, size] : connection.execute(select(col<&P::name>, col<&P::size>))) ...
template <class... Ts>
class rows {
public:
    using row_type = std::tuple<Ts...>;
    using first_type = std::tuple_element_t<0, row_type>;

    explicit rows(result from) : result_{std::move(from)} { detail::check_width<Ts...>(result_.column_count()); }

    class iterator {
    public:
        using value_type = row_type;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;
        iterator() = default;
        explicit iterator(rows* of) : of_{of} { ++*this; }
        [[nodiscard]] row_type& operator*() const { return *of_->current_; }
        [[nodiscard]] row_type* operator->() const { return &*of_->current_; }
        iterator& operator++() {
            if (!of_->read_next(*of_->current_)) of_ = nullptr;
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const iterator& i, std::default_sentinel_t) { return i.of_ == nullptr; }

    private:
        rows* of_{};
    };
    /// The rows still to come; each is overwritten by the next.
    [[nodiscard]] iterator begin() {
        current_.emplace();
        return iterator{this};
    }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

    [[nodiscard]] std::vector<row_type> all() {
        std::vector<row_type> found;
        read_all(found);
        return found;
    }
    /// The only row; none or several throw programming_error (no-rows, multiple-rows).
    [[nodiscard]] row_type one() {
        result_.require_row();
        row_type row{};
        read(row);
        result_.refuse_more();
        return row;
    }
    [[nodiscard]] std::optional<row_type> one_or_none() {
        std::optional<row_type> row = next();
        if (row) result_.refuse_more();
        return row;
    }
    /// The first row, if any; the rest is dropped.
    [[nodiscard]] std::optional<row_type> first() {
        std::optional<row_type> row = next();
        result_.close();
        return row;
    }
    /// The first field of the only row.
    [[nodiscard]] first_type scalar() {
        if constexpr (sizeof...(Ts) == 1) {
            result_.require_row();
            first_type only{};
            read_first(only);
            result_.refuse_more();
            return only;
        } else {
            return std::get<0>(one());
        }
    }
    [[nodiscard]] std::optional<first_type> scalar_or_none() {
        auto row = one_or_none();
        if (!row) return std::nullopt;
        return std::get<0>(std::move(*row));
    }
    /// The first field of every row.
    [[nodiscard]] std::vector<first_type> scalars() {
        std::vector<first_type> found;
        append_scalars(found);
        return found;
    }
    /// The same, at the end of the caller's container; `emplace_back()` makes each element in place.
    template <class Container>
    void append_scalars(Container& to) {
        while (result_.next()) append_scalar(to);
    }
    /// The next rows, at most `n` (execution_options::batch_size where not said); empty at the end.
    [[nodiscard]] std::vector<row_type> partition() { return partition(result_.batch_size()); }
    [[nodiscard]] std::vector<row_type> partition(std::size_t n) {
        std::vector<row_type> found;
        while (found.size() < n && result_.next()) read(found.emplace_back());
        return found;
    }
    /// Structs made of the fields in order: `.as<Summary>()`.
    template <class S>
    [[nodiscard]] std::vector<S> as() {
        static_assert(
            requires { S{std::declval<Ts>()...}; },
            "azoth: this struct cannot be made of the row's fields: same number, order and types; std::optional for what can be NULL");
        std::vector<S> found;
        row_type row{};
        while (read_next(row)) found.push_back(std::apply([](Ts&... fields) { return S{std::move(fields)...}; }, row));
        return found;
    }
    /// See result::stream.
    [[nodiscard]] rows stream() && {
        result_.stream();
        return std::move(*this);
    }
    void close() noexcept { result_.close(); }
    [[nodiscard]] std::int64_t affected_rows() const noexcept { return result_.affected_rows(); }
    /// See result::inserted_key.
    template <storable... Ks>
    [[nodiscard]] auto inserted_key() const {
        return result_.inserted_key<Ks...>();
    }

private:
    template <class Container>
    void append_scalar(Container& to) {
        try {
            read_first(to.emplace_back());
        } catch (...) {
            to.pop_back();
            throw;
        }
    }
    /// Its elements are no bools.
    void append_scalar(std::vector<bool>& to) {
        bool found{};
        read_first(found);
        to.push_back(found);
    }
    void read_first(first_type& to) {
        try {
            detail::element<first_type>::read(result_.cells().data(), to);
        } catch (const data_error& e) {
            detail::rethrow_with_column<first_type>(e, result_);
        }
    }
    void read(row_type& row) {
        try {
            detail::read_tuple(result_.cells().data(), row);
        } catch (const data_error& e) {
            detail::rethrow_with_column<Ts...>(e, result_);
        }
    }
    bool read_next(row_type& row) {
        if (!result_.next()) return false;
        read(row);
        return true;
    }
    void read_all(std::vector<row_type>& to) {
        while (result_.next()) read(to.emplace_back());
    }
    std::optional<row_type> next() {
        std::optional<row_type> row;
        if (result_.next()) read(row.emplace());
        return row;
    }

    result result_;
    std::optional<row_type> current_{};  ///< made by the first iteration
};

}  // namespace azoth
