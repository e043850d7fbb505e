using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lightport.Cel.Tests.Vectors;

/// <summary>One of the public conformance tests.</summary>
internal sealed partial class Vector(string line)
{
    private readonly JsonElement _test = JsonElement.Parse(line);

    /// <summary>The file that it is from.</summary>
    public string Suite => Text("suite").Split('/')[0];

    public string Name => $"{Text("suite")}/{Text("name")}";

    public string Expression => Text("expr");

    public string Container => Text("container");

    public bool IsChecked => !Has("disableCheck");

    public bool IsCheckOnly => Has("checkOnly");

    public bool IsError => Has("evalError");

    /// <summary>The type that the checker finds; null where none is told.</summary>
    public string? CheckedType => Has("checked_type") ? Text("checked_type") : null;

    /// <summary>The value; true where the test tells of none.</summary>
    public CelValue Value => Has("value") ? VectorValues.Value(_test.GetProperty("value"))
        : Has("typedResult") ? VectorValues.Value(_test.GetProperty("typedResult").GetProperty("result"))
        : CelValue.True;

    public IEnumerable<(string Name, CelValue Value)> Bindings => !Has("bindings") ? []
        : from binding in _test.GetProperty("bindings").EnumerateObject()
          select (binding.Name, VectorValues.Value(binding.Value.GetProperty("value")));

    public IEnumerable<CelVariable> Variables =>
        Declarations.Where(item => item.TryGetProperty("ident", out _)).Select(item => new CelVariable(
            item.GetProperty("name").GetString()!, VectorValues.Type(item.GetProperty("ident").GetProperty("type"))));

    public IEnumerable<CelFunction> Functions =>
        Declarations.Where(item => item.TryGetProperty("function", out _)).Select(item => new CelFunction(
            item.GetProperty("name").GetString()!,
            [.. item.GetProperty("function").GetProperty("overloads").EnumerateArray().Select(VectorValues.Overload)]));

    /// <summary>Whether it is about protobuf's messages and enums, of which this library has none.</summary>
    public bool NeedsMessages =>
        MessageMark().IsMatch(line.Replace($"\"container\":\"{Container}\"", "", StringComparison.Ordinal))
        || (Container.Length > 1 && MessageName().IsMatch(Expression));

    private IEnumerable<JsonElement> Declarations =>
        _test.TryGetProperty("typeEnv", out JsonElement declared) ? declared.EnumerateArray() : [];

    private bool Has(string name) => _test.TryGetProperty(name, out _);

    private string Text(string name) => _test.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    [GeneratedRegex("google[./]protobuf|TestAllTypes|objectValue|messageType|cel\\.expr\\.conformance")]
    private static partial Regex MessageMark();

    [GeneratedRegex("Enum|Test|Nested|Message|Any|proto|Value")]
    private static partial Regex MessageName();
}
