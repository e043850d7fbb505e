using System.Text.RegularExpressions;
using Lightport.Infra.Tests.Grammar;

namespace Lightport.Infra.Tests.Bicep;

/// <summary>What can be known of the Bicep without its compiler, which <c>eng/bicep.sh</c> runs.</summary>
public sealed partial class BicepFileTests
{
    private static readonly string[] Functions =
    [
        "cidrSubnet", "empty", "environment", "guid", "last", "loadJsonContent", "replace", "resourceGroup", "split",
        "subscription", "subscriptionResourceId", "tenant", "toLower", "union", "uniqueString",
    ];

    [Fact]
    public void Files_AreParsedWithoutAnError() => Rule.Holds(
        "The grammar does not understand:",
        from file in BicepFile.All
        from node in file.Root.All()
        where node.IsError
        select $"{file.Path}:{node.Line}: {node.Text}");

    [Fact]
    public void Files_OfAllModules_AreUsedAndThere() => Assert.Equal(
        BicepFile.All.Select(file => file.Path).Where(path => path != BicepFile.Main.Path),
        BicepFile.Main.Modules.Select(module => module.File).Order(StringComparer.Ordinal));

    [Fact]
    public void Modules_AreHandedWhatTheyDeclare() => Rule.Holds(
        "A module's parameters and what it is handed are not the same:",
        from module in BicepFile.Main.Modules
        let declared = BicepFile.Of(module.File).Parameters.Keys
        let handed = module.Parameters.Properties().Select(property => property.Key)
        from name in declared.Except(handed).Concat(handed.Except(declared))
        select $"{module.File}: {name}");

    [Fact]
    public void Modules_HaveTheOutputsThatAreRead() => Rule.Holds(
        "An output that no module has:",
        from module in BicepFile.Main.Modules
        from read in Regex.Matches(BicepFile.Main.Root.Text, $@"\b{module.Name}!?\.outputs\.(\w+)")
        where !BicepFile.Of(module.File).Outputs.ContainsKey(read.Groups[1].Value)
        select $"{module.File}: {read.Groups[1].Value}");

    [Fact]
    public void Names_ThatAreRead_AreDeclared() => Rule.Holds(
        "A name that stands for nothing:",
        from file in BicepFile.All
        let declared = Declared(file)
        from name in Read(file.Root)
        where !declared.Contains(name.Text)
        select $"{file.Path}:{name.Line}: {name.Text}");

    [Fact]
    public void Functions_ThatAreCalled_AreKnown() => Rule.Holds(
        "A function that this test does not know; add it if the compiler does:",
        from file in BicepFile.All
        from call in file.Root.All("call_expression")
        where call.Child("identifier") is { } name && !Functions.Contains(name.Text) && !IsDecorator(file, call)
        select $"{file.Path}:{call.Line}: {call.Text}");

    [Fact]
    public void Parameters_AreAllUsed() => Rule.Holds(
        "A parameter that nothing reads:",
        from file in BicepFile.All
        let read = Read(file.Root).Select(name => name.Text).ToHashSet()
        from parameter in file.Parameters.Keys
        where !read.Contains(parameter)
        select $"{file.Path}: {parameter}");

    [Fact]
    public void ResourceTypes_HaveOneVersionEach() => Rule.Holds(
        "A resource type is named at two versions, or without a date:",
        from resource in BicepFile.All.SelectMany(file => file.Resources)
        where resource.Type.Contains('/', StringComparison.Ordinal)
        group resource.Type by resource.Type.Split('@')[0] into types
        where types.Distinct().Count() > 1 || !types.All(type => Dated().IsMatch(type))
        select string.Join(", ", types.Distinct()));

    /// <summary>azd takes down what carries its tag; what has no tags goes with its parent.</summary>
    [Fact]
    public void Resources_ThatCanCarryTags_CarryThem() => Rule.Holds(
        "A resource without tags:",
        from file in BicepFile.All
        from resource in file.Resources
        where !resource.IsExisting && resource.Type.Split('/').Length == 2
        where !resource.Type.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal)
        where resource.Text("tags") is not { } tags || !tags.Contains("tags", StringComparison.Ordinal)
        select $"{file.Path}: {resource.Symbol}");

    private static HashSet<string> Declared(BicepFile file) =>
    [
        .. file.Root.All()
            .Where(node => node.Type is "parameter_declaration" or "variable_declaration" or "resource_declaration"
                or "module_declaration")
            .Select(BicepFile.Name),
        .. file.Root.All().Where(node => node.Type is "loop_variable" or "loop_enumerator").Select(node => node.Text),
        .. file.Root.All("for_statement").Select(loop => loop.Child("identifier")?.Text).OfType<string>(),
    ];

    /// <summary>The identifiers in places of values.</summary>
    private static IEnumerable<SyntaxNode> Read(SyntaxNode node)
    {
        if (node.Type is "decorator")
        {
            return [];
        }

        bool named = node.Type is "object_property" or "call_expression"
            || node.Type.EndsWith("_declaration", StringComparison.Ordinal);
        return node.Children
            .Where((child, index) => !(named && index == 0 && child.Type == "identifier"))
            .SelectMany(Read)
            .Concat(node.Type == "identifier" ? [node] : []);
    }

    private static bool IsDecorator(BicepFile file, SyntaxNode call) =>
        file.Root.All("decorator").Any(decorator => decorator.Children.Contains(call));

    [GeneratedRegex(@"@20\d\d-\d\d-\d\d$")]
    private static partial Regex Dated();
}
