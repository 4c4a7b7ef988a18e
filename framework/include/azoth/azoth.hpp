#pragma once

/// The SQL toolkit: everything a program needs to open a database by URL and to query it.
#include <azoth/base/error.hpp>
#include <azoth/engine/changes.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/engine/printing.hpp>
#include <azoth/engine/resolver.hpp>
#include <azoth/plugin/registry.hpp>
#include <azoth/schema/alter.hpp>
#include <azoth/schema/changes.hpp>
#include <azoth/schema/compare.hpp>
#include <azoth/schema/ddl.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/schema/portable.hpp>
#include <azoth/sql/cte.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/documents.hpp>
#include <azoth/sql/functions.hpp>
#include <azoth/sql/hybrid.hpp>
#include <azoth/sql/json_table.hpp>
#include <azoth/sql/moments.hpp>
#include <azoth/sql/own_function.hpp>
#include <azoth/sql/sample.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/sql/text.hpp>
#include <azoth/url/url.hpp>
