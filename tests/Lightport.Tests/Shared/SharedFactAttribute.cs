namespace Lightport.Tests;

/// <summary>A test over third parties' data, skipped where that is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string folder) => Skip = SharedFolder.Missing(folder);
}
