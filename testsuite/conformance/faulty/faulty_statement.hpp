#pragma once

#include "defect.hpp"
#include "faulty_cursor.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace azoth::faulty {

/// Passes a driver's failures through the defect. False where it swallowed one.
template <class F>
bool guarded(defect& by, F&& work) {
    try {
        work();
        return true;
    } catch (const native_error& e) {
        by.fail(e);
    } catch (const error& e) {
        by.fail(e);
    }
    return false;
}

class faulty_statement final : public prepared_statement {
public:
    faulty_statement(defect& by, std::unique_ptr<prepared_statement> inner) : defect_{by}, inner_{std::move(inner)} {}

    cursor& execute(std::span<const cell> parameters, const execute_options& options) override {
        result_.reset();
        sent_.assign(parameters.begin(), parameters.end());
        memory_.clear();
        for (cell& c : sent_) defect_.send(c, memory_);
        const auto limits = defect_.limits(options);
        const bool worked = guarded(defect_, [&] { result_.emplace(defect_, inner_->execute(sent_, limits)); });
        return worked ? static_cast<cursor&>(*result_) : none_;
    }

private:
    defect& defect_;
    std::unique_ptr<prepared_statement> inner_;
    std::vector<cell> sent_{};
    arena memory_{};
    std::optional<faulty_cursor> result_{};
    empty_cursor none_{};
};

}  // namespace azoth::faulty
