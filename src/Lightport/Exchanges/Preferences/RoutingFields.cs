namespace Lightport.Exchanges.Preferences;

/// <summary>The fields of a body that say where a request wants to go.</summary>
internal static class RoutingFields
{
    public const string Models = "models";
    public const string Route = "route";
    public const string Provider = "provider";

    public static IReadOnlyList<string> All { get; } = [Models, Route, Provider];

    public static bool Contains(string field) => field is Models or Route or Provider;
}
