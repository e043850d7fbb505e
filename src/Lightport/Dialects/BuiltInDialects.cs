namespace Lightport.Dialects;

/// <summary>Every dialect that the gateway knows.</summary>
public static class BuiltInDialects
{
    public static DialectRegistry Create() => new([], [], []);
}
