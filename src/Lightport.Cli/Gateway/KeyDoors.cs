namespace Lightport.Cli.Gateway;

/// <summary>Where client keys are managed.</summary>
internal static class KeyDoors
{
    /// <summary>The door of all keys.</summary>
    public const string All = "/manage/keys";

    /// <summary>The door of one key.</summary>
    public static string Of(string id) => $"{All}/{Uri.EscapeDataString(id)}";
}
