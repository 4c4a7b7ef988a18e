#pragma once

#include <azoth/sql/compiled.hpp>
#include <azoth/sql/nodes/selectable.hpp>

#include <atomic>
#include <memory>

namespace azoth {

/// What a statement remembers of its last compilation, so that running it again compares a pointer and searches nothing.
struct remembered_compilation {
    std::uint64_t scope{};  ///< who compiled it, and for which profile
    std::shared_ptr<const compiled_statement> compiled{};
    std::vector<const bind_node*> binds{};
};

/// The base of whole statements. Set-once memory: the first compilation stays until the statement changes or dies.
class AZOTH_API statement_base {
public:
    statement_base() noexcept = default;
    statement_base(const statement_base&) noexcept {}
    statement_base& operator=(const statement_base&) = delete;
    virtual ~statement_base();

    [[nodiscard]] const remembered_compilation* remembered() const noexcept { return remembered_.load(std::memory_order_acquire); }
    void remember(std::unique_ptr<const remembered_compilation> compilation) const noexcept;

protected:
    void forget() noexcept;

private:
    mutable std::atomic<const remembered_compilation*> remembered_{nullptr};
};

template <class D>
class statement_node : public node_base<D>, public statement_base {
public:
    /// To be called by whoever changes a statement that it alone holds.
    void changed() noexcept {
        this->forget_hash();
        forget();
    }
};

struct select_item {
    node_ptr expression;
    bool strict{};  ///< read into a type that cannot be NULL: refused where an outer join can make it so
    auto fields() const { return std::tie(expression, strict); }  // what is refused must not be found as what is not
};

}  // namespace azoth
