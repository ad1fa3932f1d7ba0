namespace McpSecureGen.Validation.Output;

/// <summary>What one kind of well-known credential looks like.</summary>
/// <param name="Name">Stands in the place of what was found.</param>
/// <param name="Pattern">A regular expression without backtracking.</param>
/// <param name="Hints">A text that matches holds one of these: where none stands, nothing is matched at all.</param>
/// <param name="Source">Who says so.</param>
internal sealed record SecretShape(string Name, string Pattern, string[] Hints, string Source);
