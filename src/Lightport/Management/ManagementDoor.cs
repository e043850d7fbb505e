using Lightport.Admission.Identity;

namespace Lightport.Management;

/// <summary>What is behind a management endpoint.</summary>
/// <param name="answer">Answers a call, or throws why not.</param>
/// <param name="query">The query parameters it takes.</param>
internal sealed class ManagementDoor(Func<ManagementCall, ValueTask> answer, params string[] query)
{
    public Func<ManagementCall, ValueTask> Answer => answer;

    public IReadOnlyList<string> Query => query;

    /// <summary>What whoever comes in must be allowed.</summary>
    public AdminRoles Needs { get; init; } = AdminRoles.Read;
}
