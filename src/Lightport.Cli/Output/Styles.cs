using Spectre.Console;

namespace Lightport.Cli.Output;

/// <summary>What a colour says, the same everywhere.</summary>
internal static class Styles
{
    public static Style Added { get; } = new(Color.Green);

    public static Style Removed { get; } = new(Color.Red);

    public static Style Changed { get; } = new(Color.Yellow);

    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    public static Style Quiet { get; } = new(decoration: Decoration.Dim);
}
