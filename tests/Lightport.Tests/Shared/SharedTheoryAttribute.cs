namespace Lightport.Tests;

/// <summary>Tests over third parties' data, skipped where that is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string folder) => Skip = SharedFolder.Missing(folder);
}
