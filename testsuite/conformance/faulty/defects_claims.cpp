// What a driver says of itself: more than is true, or less.
#include "defect.hpp"

namespace azoth::faulty {
namespace {

template <bool capabilities::*Claim, bool Says>
class says final : public defect {
    void claim(capabilities& can) override { can.*Claim = Says; }
};

template <bool capabilities::*Claim>
constexpr named_defect claims(std::string_view name) {
    return {name, &make<says<Claim, true>>};
}
template <bool capabilities::*Claim>
constexpr named_defect denies(std::string_view name) {
    return {name, &make<says<Claim, false>>};
}

constexpr named_defect list[] = {
    claims<&capabilities::nan_values>("claims-nan-values"),
    claims<&capabilities::strict_casts>("claims-strict-casts"),
    claims<&capabilities::two_phase>("claims-two-phase"),
    claims<&capabilities::names_foreign_key>("claims-names-foreign-key"),
    denies<&capabilities::savepoints>("denies-savepoints"),
    denies<&capabilities::returning_on_insert>("denies-returning"),
    denies<&capabilities::infinite_values>("denies-infinite-values"),
    denies<&capabilities::cancel>("denies-cancel"),
    denies<&capabilities::names_check_constraint>("denies-names-check-constraint"),
};

}  // namespace

std::span<const named_defect> claim_defects() { return list; }

}  // namespace azoth::faulty
