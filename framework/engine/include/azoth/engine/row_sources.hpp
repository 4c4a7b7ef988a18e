#pragma once

#include <azoth/base/export.hpp>
#include <azoth/base/value.hpp>
#include <azoth/sql/batch_plan.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/entity.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <cstddef>
#include <optional>
#include <ranges>
#include <span>
#include <vector>

namespace azoth::detail {

/// The rows of a batch before the insert is compiled for them.
class AZOTH_API typed_row_source : public row_source {
public:
    /// The statement with the columns that these rows fill. Throws programming_error (statement).
    virtual node_handle<insert_node> prepare(const node_handle<insert_node>& statement) = 0;
    /// Called once the statement is compiled, before `fill`.
    void use(const batch_plan& plan) noexcept { plan_ = &plan; }
    /// Rows handed out so far.
    [[nodiscard]] std::size_t handed_out() const noexcept { return handed_out_; }

protected:
    /// Brings the cell into the form that the database stores.
    cell stored(const cell& c, std::size_t parameter) {
        const cell_tag to = plan_->stored[parameter];
        return to == cell_tag::null || to == c.tag || c.is_null() ? c : convert(c, to, scratch_);
    }
    /// What the mapping makes where the row has nothing.
    cell made(const value_maker& maker) {
        const value v = maker.make();
        return scratch_.copy(v.view());
    }
    const batch_plan* plan_{};
    arena scratch_{};
    std::size_t handed_out_{};
};

/// Objects of a mapped struct, behind one function that gives the next.
class AZOTH_API object_row_source : public typed_row_source {
public:
    explicit object_row_source(const entity_info& of) : of_{of} {}
    node_handle<insert_node> prepare(const node_handle<insert_node>& statement) override;
    std::size_t fill(std::span<cell> out, std::size_t max_rows) override;

protected:
    /// The next object, or null; `restart` goes back to the first.
    virtual const void* next() = 0;
    virtual void restart() = 0;

private:
    [[nodiscard]] bool have_generated_keys();
    const entity_info& of_;
    std::vector<std::size_t> members_{};
    std::vector<const value_maker*> makers_{};  ///< of the same columns; null: none
};

template <std::ranges::forward_range R>
class object_rows final : public object_row_source {
public:
    object_rows(const entity_info& of, const R& objects) : object_row_source{of}, objects_{objects}, at_{std::ranges::begin(objects)} {}
    [[nodiscard]] std::optional<std::size_t> remaining() const override {
        if constexpr (std::ranges::sized_range<const R>) return std::ranges::size(objects_) - handed_out_;
        else return std::nullopt;
    }

private:
    const void* next() override {
        if (at_ == std::ranges::end(objects_)) return nullptr;
        const void* object = &*at_;
        ++at_;
        return object;
    }
    void restart() override { at_ = std::ranges::begin(objects_); }

    const R& objects_;
    std::ranges::iterator_t<const R> at_;
};

class AZOTH_API value_rows final : public typed_row_source {
public:
    explicit value_rows(const std::vector<std::vector<value>>& rows) noexcept : rows_{rows} {}
    node_handle<insert_node> prepare(const node_handle<insert_node>& statement) override;
    std::size_t fill(std::span<cell> out, std::size_t max_rows) override;
    [[nodiscard]] std::optional<std::size_t> remaining() const override { return rows_.size() - handed_out_; }

private:
    const std::vector<std::vector<value>>& rows_;
};

}  // namespace azoth::detail
