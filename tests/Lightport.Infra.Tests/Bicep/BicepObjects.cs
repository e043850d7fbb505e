using Lightport.Infra.Tests.Grammar;

namespace Lightport.Infra.Tests.Bicep;

/// <summary>Ways through Bicep's objects.</summary>
internal static class BicepObjects
{
    /// <summary>An object's own properties.</summary>
    public static IEnumerable<KeyValuePair<string, SyntaxNode>> Properties(this SyntaxNode node) =>
        from property in node.Children
        where property.Type == "object_property" && property.Children.Count > 1
        select KeyValuePair.Create(property.Children[0].Unquoted, property.Children[^1]);

    public static SyntaxNode? Value(this SyntaxNode node, string name) =>
        node.Properties().FirstOrDefault(property => property.Key == name).Value;
}
