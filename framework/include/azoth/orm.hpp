#pragma once

/// The ORM: sessions, objects and their relations, on top of the SQL toolkit.
#include <azoth/azoth.hpp>
#include <azoth/orm/check_mapping.hpp>
#include <azoth/orm/column_loading.hpp>
#include <azoth/orm/column_options.hpp>
#include <azoth/orm/deferred.hpp>
#include <azoth/orm/load_options.hpp>
#include <azoth/orm/loader_criteria.hpp>
#include <azoth/orm/many_map.hpp>
#include <azoth/orm/relation_path.hpp>
#include <azoth/orm/session.hpp>
#include <azoth/orm/write_only.hpp>

namespace azoth {
using orm::make;
using orm::ptr;
}  // namespace azoth
