#include <azoth/sql/node.hpp>
#include <azoth/sql/node_base.hpp>
#include <azoth/sql/nodes/expression.hpp>

#include <algorithm>
#include <unordered_set>

namespace azoth {

node::~node() = default;

type node::own_type() const { return {}; }

std::uint64_t node::rehash() const {
    std::uint64_t h = compute_hash();
    if (h == 0) h = 1;  // 0 means "not known yet"
    hash_.store(h, std::memory_order_relaxed);
    return h;
}

namespace detail {

std::uint64_t hash_text(std::string_view text) noexcept {
    std::uint64_t h = text.size() * 0x9e3779b97f4a7c15ull;
    while (text.size() >= 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data(), 8);
        h = mix(h, word);
        text.remove_prefix(8);
    }
    std::uint64_t rest = 0;
    std::memcpy(&rest, text.data(), text.size());
    return mix(h, rest);
}

}  // namespace detail

bool node_matcher::nodes(const node* a, const node* b) {
    if (!a || !b) return a == b;
    return &a->kind() == &b->kind() && a->hash() == b->hash() && a->matches(*b, *this);
}

node_matcher::partnership node_matcher::partners(const node* a, const node* b) {
    for (const pair& p : pairs_)
        if (p.a == a || p.b == b) return p.a == a && p.b == b ? partnership::known : partnership::refused;
    pairs_.push_back({a, b});
    return partnership::fresh;
}

bool node_matcher::binds(const bind_node& a, const bind_node& b) {
    // Two uses of one bind are not two binds: where one side has been met before, both must have been, at the same place.
    const std::size_t place_a = found_.size() < few ? find_among(found_, a) : find_in(places_found_, a);
    const std::size_t place_b = kept_.size() < few ? find_among(kept_, b) : find_in(places_kept_, b);
    if (place_a != nowhere || place_b != nowhere) return place_a == place_b;
    found_.push_back(&a);
    kept_.push_back(&b);
    if (found_.size() >= few) index_new_binds();
    return true;
}

std::size_t node_matcher::find_among(const std::vector<const bind_node*>& met, const bind_node& bind) noexcept {
    const auto found = std::find(met.begin(), met.end(), &bind);
    return found == met.end() ? nowhere : static_cast<std::size_t>(found - met.begin());
}

std::size_t node_matcher::find_in(const places& met, const bind_node& bind) {
    const auto found = met.find(&bind);
    return found == met.end() ? nowhere : found->second;
}

void node_matcher::index_new_binds() {
    for (std::size_t i = places_found_.size(); i < found_.size(); ++i) {
        places_found_.emplace(found_[i], i);
        places_kept_.emplace(kept_[i], i);
    }
}

namespace {

class bind_collector final : public node_visitor {
public:
    explicit bind_collector(std::vector<const bind_node*>& found) noexcept : found_{found} {}
    void child(const node& child) override {
        if (const auto* bind = node_cast<bind_node>(&child)) {
            if (seen_.insert(bind).second) found_.push_back(bind);
        } else if (!is_source(child) || seen_.insert(&child).second) {  // each column leads to its source, and that to many more
            child.visit_children(*this);
        }
    }

private:
    static bool is_source(const node& n) noexcept {
        switch (n.kind().number) {
            case node_numbers::alias:
            case node_numbers::subquery:
            case node_numbers::cte:
            case node_numbers::values:
            case node_numbers::table_function:
            case node_numbers::sample: return true;
            default: return false;
        }
    }

    std::vector<const bind_node*>& found_;
    std::unordered_set<const node*> seen_{};
};

}  // namespace

void collect_binds(const node& root, std::vector<const bind_node*>& found) {
    bind_collector collector{found};
    collector.child(root);
}

}  // namespace azoth
